package io.minicloud.agent.proxy;

/** HAProxy does not take the configuration that is wanted; the one before goes on. */
public final class ProxyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param why what HAProxy says
     */
    public ProxyRefusedException(String why) {
        super(why);
    }
}
