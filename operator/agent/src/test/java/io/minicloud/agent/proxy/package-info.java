@NullMarked
package io.minicloud.agent.proxy;

import org.jspecify.annotations.NullMarked;
