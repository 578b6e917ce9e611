package io.minicloud.agent.network;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways that packets take, as the kernel has them. They are changed by {@link Links#change}. */
public interface Routes {
    /**
     * The routes of all routing tables that route tables became, the rules that lead to them and the neighbours that nobody
     * asks for. What others made is left out.
     *
     * @param namespace a network namespace that exists
     */
    KernelRoutes ofRouteTables(String namespace);

    /** Whom a network namespace that exists has learned to have an address. */
    LearnedNeighbours learned(String namespace);

    /**
     * The routes of the main table by some links, and their neighbours that nobody asks for.
     *
     * @param namespace where; null for the root namespace
     * @param links links that are there
     */
    KernelRoutes by(@Nullable String namespace, Collection<String> links);

    /** The addresses for which the root namespace answers by our hand. */
    Set<ProxiedAddress> proxied();

    /** The default routes of the root namespace, the preferred one first. */
    List<DefaultRoute> defaults();
}
