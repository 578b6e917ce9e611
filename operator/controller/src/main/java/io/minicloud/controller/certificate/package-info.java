/** What others get of an account's certificates. */
@NullMarked
package io.minicloud.controller.certificate;

import org.jspecify.annotations.NullMarked;
