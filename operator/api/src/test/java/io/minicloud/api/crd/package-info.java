/** From the resource types to the files in {@code crds/}: generation, drift, compatibility, and the rules on a real server. */
@NullMarked
package io.minicloud.api.crd;

import org.jspecify.annotations.NullMarked;
