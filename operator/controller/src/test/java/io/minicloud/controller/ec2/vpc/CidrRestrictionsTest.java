package io.minicloud.controller.ec2.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.ipam.Ipv4Range;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand, after https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions. */
class CidrRestrictionsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # primary,       range
            10.0.0.0/16,     10.1.0.0/16
            10.0.0.0/24,     10.1.0.0/28
            10.2.0.0/16,     10.0.0.0/16
            10.2.0.0/16,     10.255.255.240/28
            10.2.0.0/16,     100.64.0.0/16
            10.2.0.0/16,     203.0.113.0/24
            10.2.0.0/16,     198.18.0.0/24
            172.16.0.0/16,   172.30.0.0/16
            172.31.0.0/16,   172.30.0.0/16
            172.16.0.0/16,   100.127.0.0/16
            192.168.0.0/24,  192.168.1.0/24
            192.168.0.0/24,  203.0.113.0/24
            198.19.0.0/24,   203.0.113.0/24
            198.19.0.0/24,   100.64.0.0/16
            100.64.0.0/16,   100.65.0.0/16
            203.0.113.0/24,  100.64.0.0/16
            """)
    void permits(String primary, String range) {
        assertThat(CidrRestrictions.violated(parse(range), parse(primary), List.of(parse(primary))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # primary,       range,            because of
            10.2.0.0/16,     172.16.0.0/16,    172.16.0.0/12
            10.2.0.0/16,     192.168.0.0/24,   192.168.0.0/16
            10.2.0.0/16,     198.19.0.0/24,    198.19.0.0/16
            10.0.0.0/24,     10.0.1.0/24,      10.0.0.0/16
            10.1.0.0/16,     10.0.0.0/16,      10.0.0.0/16
            172.16.0.0/16,   10.2.0.0/16,      10.0.0.0/8
            172.16.0.0/16,   192.168.0.0/24,   192.168.0.0/16
            172.16.0.0/16,   172.31.0.0/16,    172.31.0.0/16
            172.16.0.0/16,   172.31.255.0/24,  172.31.0.0/16
            172.16.0.0/16,   198.19.1.0/24,    198.19.0.0/16
            192.168.0.0/24,  10.2.0.0/16,      10.0.0.0/8
            192.168.0.0/24,  172.16.0.0/16,    172.16.0.0/12
            192.168.0.0/24,  198.19.0.0/16,    198.19.0.0/16
            198.19.0.0/24,   10.2.0.0/16,      10.0.0.0/8
            198.19.0.0/24,   172.16.0.0/16,    172.16.0.0/12
            198.19.0.0/24,   192.168.0.0/24,   192.168.0.0/16
            100.64.0.0/16,   10.2.0.0/16,      10.0.0.0/8
            203.0.113.0/24,  192.168.0.0/24,   192.168.0.0/16
            203.0.113.0/24,  198.19.0.0/24,    198.19.0.0/16
            """)
    void restricts(String primary, String range, String because) {
        assertThat(CidrRestrictions.violated(parse(range), parse(primary), List.of(parse(primary))))
                .hasValueSatisfying(why -> assertThat(why).contains(because));
    }

    /** AWS: "If any of the CIDR blocks associated with the VPC are from the 10.0.0.0/15 range". */
    @ParameterizedTest
    @CsvSource({"10.1.0.0/24, true", "10.3.0.0/24, false"})
    void alsoASecondaryRangeKeepsTheFirstTenAway(String associated, boolean kept) {
        assertThat(CidrRestrictions.violated(
                                parse("10.0.0.0/24"),
                                parse("10.2.0.0/16"),
                                List.of(parse("10.2.0.0/16"), parse(associated)))
                        .isPresent())
                .isEqualTo(kept);
    }

    private static Ipv4Range parse(String range) {
        return Ipv4Range.parse(range);
    }
}
