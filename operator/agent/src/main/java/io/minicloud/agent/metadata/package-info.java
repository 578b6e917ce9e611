/** The instance metadata service (IMDSv2): token, look-up and hop limit, served inside each VPC's namespace. */
@NullMarked
package io.minicloud.agent.metadata;

import org.jspecify.annotations.NullMarked;
