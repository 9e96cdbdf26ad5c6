variable "deployment_id" {
  type        = string
  description = "The id of the deployment, which `sallyport migrate` prints"

  validation {
    condition     = can(regex("^[a-z2-7]{10}$", var.deployment_id))
    error_message = "It has ten small letters and digits; `sallyport migrate` prints it."
  }
}

variable "trusted_principal_arn" {
  type        = string
  description = "Who may assume the role: the AWS identity of `serve`, `worker` and `doctor`"

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::\\d{12}:(role|user)/.+$", var.trusted_principal_arn))
    error_message = "It must be the ARN of a role or user."
  }
}

variable "external_id" {
  type        = string
  description = "`externalId` of this account in sallyport.yaml; make one of your own"

  validation {
    condition     = can(regex("^[\\w+=,.@:/-]{2,}$", var.external_id)) && length(var.external_id) <= 1224 # RE2 counts to 1,000
    error_message = "It has 2 to 1224 letters, digits and + = , . @ : / - _"
  }
}

variable "session_names" {
  type        = list(string)
  default     = ["sallyport", "sallyport-*"]
  description = "Names of role sessions: `sallyport` reads, `sallyport-pln_…` carries out one plan"
}

variable "role_name" {
  type    = string
  default = "sallyport"
}

variable "tier" {
  type        = string
  default     = "contained"
  description = "What the role may change: only roles that it makes itself (contained), named principals within a boundary (bounded), or any principal (any)"

  validation {
    condition     = contains(["contained", "bounded", "any"], var.tier)
    error_message = "It must be contained, bounded or any."
  }
}

variable "principal_arns" {
  type        = list(string)
  default     = []
  description = "In tier bounded, the ARNs of the roles and users whose policies it may change; wildcards are possible"
}

variable "principal_boundary_arn" {
  type        = string
  default     = null
  description = "In tier bounded, the permissions boundary that those principals carry; by default the one made here"
}

variable "permission_set_arns" {
  type        = list(string)
  default     = []
  description = "Only in the account that administers IAM Identity Center: the permission sets that it may change"
}
