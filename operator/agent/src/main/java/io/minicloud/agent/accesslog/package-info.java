/** The access logs of proxies: from what a proxy says of each request to files in AWS's format in a bucket. */
@NullMarked
package io.minicloud.agent.accesslog;

import org.jspecify.annotations.NullMarked;
