/** ElasticIp: its public address and what it is associated with. */
@NullMarked
package io.minicloud.controller.ec2.elasticip;

import org.jspecify.annotations.NullMarked;
