/** The controller: the cloud API compiled into the host API and driven into external engines. Never touches a machine. */
@NullMarked
package io.minicloud.controller;

import org.jspecify.annotations.NullMarked;
