package io.minicloud.agent.proxy;

/** A figure of a proxy or of one of its target groups. Unless it says otherwise it counts since the agent knows of the proxy. */
public enum Figure {
    /** Connections that are there now, of clients and to targets. */
    ACTIVE_CONNECTIONS,
    /** Connections of clients that are there now. */
    ACTIVE_FLOWS,
    /** Connections that were made, by clients and to targets. */
    NEW_CONNECTIONS,
    /** Connections of clients to ports that hand on bytes, for which there was a target. */
    NEW_FLOWS,
    /** Connections of clients that came to no session of TLS. */
    FAILED_HANDSHAKES,
    /** Requests that were told to ask elsewhere. */
    REDIRECTS,
    /** Requests with an answer that a rule has. */
    FIXED_RESPONSES,
    /** Answers of the proxy's own, by the first digit of their code. */
    OWN_3XX,
    OWN_4XX,
    OWN_5XX,
    /** And by the code. */
    OWN_500,
    OWN_502,
    OWN_503,
    OWN_504,
    /** Of a target group: requests for which there was a target. */
    REQUESTS,
    /** Of a target group: requests, each divided by the number of targets that were healthy, or of all while none was. */
    REQUESTS_PER_TARGET,
    /** Of a target group: answers of its targets, by the first digit of their code. */
    TARGET_2XX,
    TARGET_3XX,
    TARGET_4XX,
    TARGET_5XX,
    /** Of a target group: answers of its targets. */
    RESPONSES,
    /** Of a target group: seconds from the end of the request to the begin of the answer, in sum. */
    RESPONSE_SECONDS,
    /** Of a target group: tries to connect to a target that failed. */
    FAILED_TARGET_CONNECTIONS,
    /** Of a target group: targets that are healthy now. */
    HEALTHY_TARGETS,
    /** Of a target group: targets that are unhealthy now. */
    UNHEALTHY_TARGETS
}
