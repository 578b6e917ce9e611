package io.minicloud.agent.metadata;

import java.util.Map;

/**
 * A request of HTTP.
 *
 * @param method e.g. GET
 * @param path without host and query
 * @param headers by lower-case name
 */
record Request(String method, String path, Map<String, String> headers) {}
