"""What an AWS account would have already: two roles to give access to. moto forgets them when it stops."""

import json
import os

import boto3

iam = boto3.client("iam", region_name=os.environ["AWS_REGION"])
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
for name in "app-reader", "app-writer":
    try:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    except iam.exceptions.EntityAlreadyExistsException:
        pass
