/** Tests of the program as a whole: its modules' borders and its start against a real API server. */
@NullMarked
package io.minicloud.app;

import org.jspecify.annotations.NullMarked;
