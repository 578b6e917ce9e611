/** Images: on which hosts they must lie, and what was found when they were checked. */
@NullMarked
package io.minicloud.controller.ec2.image;

import org.jspecify.annotations.NullMarked;
