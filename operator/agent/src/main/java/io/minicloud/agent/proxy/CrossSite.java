package io.minicloud.agent.proxy;

/**
 * What a cookie says so that browsers send it from pages of other sites too: they want it encrypted, and where nothing is, it cannot be.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html">Sticky sessions</a>
 */
final class CrossSite {
    /** Of a cookie of a listener that does not encrypt. */
    static final String CLEAR = "; SameSite=None";

    /** Of a cookie of a listener that encrypts. */
    static final String ENCRYPTED = "; SameSite=None; Secure";

    private CrossSite() {}
}
