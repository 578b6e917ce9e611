package io.minicloud.controller.ec2.elasticip;

/**
 * The address that an ElasticIp has.
 *
 * @param account the 12-digit account id
 * @param publicIp the address
 * @param poolId the AWS id of its pool
 */
record Allocation(String account, String publicIp, String poolId) {}
