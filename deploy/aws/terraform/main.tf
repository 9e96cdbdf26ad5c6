# The role that Sallyport assumes in one AWS account. ../README.md says which tier to choose.
# The policies are those of ../policies, filled in here.

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  boundary = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:policy/sallyport/sallyport-${var.deployment_id}-boundary"

  # A list stands in the documents as one text between quotes; joined in this way it becomes several.
  filling = {
    account            = data.aws_caller_identity.this.account_id
    boundary           = local.boundary
    deployment         = var.deployment_id
    external_id        = var.external_id
    partition          = data.aws_partition.this.partition
    permission_sets    = join("\", \"", var.permission_set_arns)
    principal_boundary = coalesce(var.principal_boundary_arn, local.boundary)
    principals         = join("\", \"", var.principal_arns)
    role               = var.role_name
    session_names      = join("\", \"", var.session_names)
    trusted            = var.trusted_principal_arn
  }

  policies = concat(
    ["reading", "access-roles", "never"],
    var.tier == "bounded" ? ["bounded-principals"] : [],
    var.tier == "any" ? ["any-principals"] : [],
    length(var.permission_set_arns) > 0 ? ["permission-sets"] : [],
  )
}

resource "aws_iam_policy" "boundary" {
  name        = "sallyport-${var.deployment_id}-boundary"
  path        = "/sallyport/"
  description = "The most that a role of Sallyport's can do, whatever policies it has"
  policy      = templatefile("${path.module}/../policies/boundary.json", local.filling)
}

resource "aws_iam_role" "sallyport" {
  name                 = var.role_name
  description          = "Sallyport assumes it to give and take away IAM database access"
  max_session_duration = 3600
  assume_role_policy   = templatefile("${path.module}/../policies/trust.json", local.filling)

  lifecycle {
    precondition {
      condition     = var.tier != "bounded" || length(var.principal_arns) > 0
      error_message = "Tier bounded needs principal_arns."
    }
  }
}

resource "aws_iam_role_policy" "sallyport" {
  for_each = toset(local.policies)

  name   = each.key
  role   = aws_iam_role.sallyport.id
  policy = templatefile("${path.module}/../policies/${each.key}.json", local.filling)
}
