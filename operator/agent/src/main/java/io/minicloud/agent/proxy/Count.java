package io.minicloud.agent.proxy;

/** What a process of HAProxy counts, of a target group, of a kind of answer or of all together. */
enum Count {
    /** Requests or flows for which there was a target; of an answer of the proxy's own, all. */
    CHOSEN,
    /** Those for which there was none. */
    WITHOUT_TARGET,
    /** Answers of targets by the first digit of their code. */
    TARGET_2XX,
    TARGET_3XX,
    TARGET_4XX,
    TARGET_5XX,
    /** Which these took in sum. */
    MILLISECONDS,
    /** Answers of the proxy's own. */
    OWN_3XX,
    OWN_4XX,
    OWN_5XX,
    OWN_500,
    OWN_502,
    OWN_503,
    OWN_504,
    /** Connections of clients. */
    CONNECTIONS,
    /** Connections of clients without a session of TLS. */
    FAILED_HANDSHAKES,
    /** Answers to clients, of whomever. */
    ANSWERED_4XX,
    ANSWERED_5XX,
    /** Those of them for which a rule chose who answers. */
    ROUTED_4XX,
    ROUTED_5XX,
    /** Tries to connect to targets. */
    ATTEMPTS,
    /** Those of them that failed, and what had no target. */
    FAILED_ATTEMPTS
}
