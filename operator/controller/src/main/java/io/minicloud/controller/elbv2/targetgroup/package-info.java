/** TargetGroup: who its targets are, how they are, and how those go that are taken out. */
@NullMarked
package io.minicloud.controller.elbv2.targetgroup;

import org.jspecify.annotations.NullMarked;
