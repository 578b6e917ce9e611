package io.minicloud.e2e;

import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/** What the world hears when it asks for a name at the {@code dnsAddress} of a pool. Nothing is kept between two questions. */
final class PublicResolver {
    private PublicResolver() {}

    /**
     * The addresses of a name.
     *
     * @param server the address that is asked
     * @throws NamingException when nobody answers, or there is no such name
     */
    static List<String> addresses(String server, String name) throws NamingException {
        var context = new InitialDirContext(new Hashtable<>(Map.of(
                Context.INITIAL_CONTEXT_FACTORY,
                "com.sun.jndi.dns.DnsContextFactory",
                Context.PROVIDER_URL,
                "dns://" + server)));
        try {
            var answer = context.getAttributes(name, new String[] {"A"}).get("A");
            return Collections.list(answer.getAll()).stream()
                    .map(String::valueOf)
                    .toList();
        } finally {
            context.close();
        }
    }
}
