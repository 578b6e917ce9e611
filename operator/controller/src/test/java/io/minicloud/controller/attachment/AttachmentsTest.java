package io.minicloud.controller.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.ec2.NetworkInterface;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachmentsTest {
    private final Map<String, Function<NetworkInterface, List<String>>> indexers = new HashMap<>();

    @BeforeEach
    void index() {
        Attachments.index(recorder());
    }

    /**
     * The port of an interface may go, and its status say so, before its instance is looked at again: what is to be deleted
     * with the instance must be found by then.
     */
    @Test
    void whatIsDetachedByTheEndOfItsInstanceIsStillFoundForIt() {
        assertThat(indexed(Attachments.RECORDED, "detached")).containsExactly("i-1");
        assertThat(indexed(Attachments.ATTACHED, "detached")).isEmpty();
    }

    @Test
    void whatLeavesItsInstanceIsStillAttached() {
        assertThat(indexed(Attachments.RECORDED, "detaching")).containsExactly("i-1");
        assertThat(indexed(Attachments.ATTACHED, "detaching")).containsExactly("i-1");
    }

    private List<String> indexed(String index, String status) {
        var eni = new KubernetesSerialization().unmarshal("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                status: {attachment: {instanceId: i-1, status: %s}}
                """.formatted(status), NetworkInterface.class);
        return indexers.get(index).apply(eni);
    }

    @SuppressWarnings("unchecked")
    private IndexerResourceCache<NetworkInterface> recorder() {
        return (IndexerResourceCache<NetworkInterface>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IndexerResourceCache.class}, (proxy, method, args) -> {
                    indexers.put((String) args[0], (Function<NetworkInterface, List<String>>) args[1]);
                    return null;
                });
    }
}
