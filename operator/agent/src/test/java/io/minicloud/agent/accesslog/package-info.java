@NullMarked
package io.minicloud.agent.accesslog;

import org.jspecify.annotations.NullMarked;
