output "role_arn" {
  description = "For `role` of the account in sallyport.yaml"
  value       = aws_iam_role.sallyport.arn
}

output "boundary_arn" {
  description = "The permissions boundary of the roles that Sallyport makes here"
  value       = aws_iam_policy.boundary.arn
}
