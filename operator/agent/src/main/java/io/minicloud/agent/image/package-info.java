/** Images on this host: fetched, checked against their sum and refused when they could reach beyond themselves. */
@NullMarked
package io.minicloud.agent.image;

import org.jspecify.annotations.NullMarked;
