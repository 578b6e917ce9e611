/**
 * Certificates: issued by the account's own authority and renewed, or imported.
 *
 * <p>The authority's key lies where no account reads it. An authority that is gone while certificates live by it is
 * reported, not made again: everybody who trusts the old one would refuse the new one's certificates.
 */
@NullMarked
package io.minicloud.controller.acm.certificate;

import org.jspecify.annotations.NullMarked;
