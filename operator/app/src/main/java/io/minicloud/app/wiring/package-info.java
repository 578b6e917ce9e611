/** What the reconcilers are given: settings, ports and their adapters. */
@NullMarked
package io.minicloud.app.wiring;

import org.jspecify.annotations.NullMarked;
