/** Secrets that the controller brings to a host: what one consumer there needs, and nothing else. */
@NullMarked
package io.minicloud.controller.hostsecret;

import org.jspecify.annotations.NullMarked;
