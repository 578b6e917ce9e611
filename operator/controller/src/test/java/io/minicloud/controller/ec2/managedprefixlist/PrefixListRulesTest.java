package io.minicloud.controller.ec2.managedprefixlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListSpec;
import io.minicloud.controller.resolver.Judgement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefixListRulesTest {
    @Test
    void aRangeIsThereOnce() {
        assertThat(judge("198.51.100.0/24", "198.51.100.0/25", "203.0.113.0/24"))
                .isEqualTo("none");
        assertThat(judge("198.51.100.0/24", "203.0.113.0/24", "198.51.100.0/24"))
                .startsWith("DuplicateEntry")
                .contains("198.51.100.0/24");
    }

    @Test
    void aListMayBeEmpty() {
        assertThat(judge()).isEqualTo("none");
    }

    private static String judge(String... cidrs) {
        var list = new ManagedPrefixList();
        var entries = Stream.of(cidrs)
                .map(cidr -> new ManagedPrefixListSpec.Entry(cidr, null))
                .toList();
        list.setSpec(new ManagedPrefixListSpec("IPv4", 10, entries.isEmpty() ? null : entries, null));
        return Judgement.fold(PrefixListRules.judge(list), sound -> "none", (reason, message) -> reason + message);
    }
}
