/** Certificates: an authority that issues them, their renewal, and the judgement of those that are imported. No Kubernetes. */
@NullMarked
package io.minicloud.controller.pki;

import org.jspecify.annotations.NullMarked;
