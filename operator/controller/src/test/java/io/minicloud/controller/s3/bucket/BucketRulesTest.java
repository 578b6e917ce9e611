package io.minicloud.controller.s3.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"photos", "a-b.c", "123", "my-bucket-2026"})
    void takesWhatS3Takes(String name) {
        assertThat(BucketRules.nameProblem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "Photos",
                "a_b",
                "-ab",
                "ab-",
                "a..b",
                ".ab",
                "192.168.5.4",
                "xn--ab",
                "sthree-x",
                "x-s3alias",
                "x--ol-s3"
            })
    void refusesWhatS3Refuses(String name) {
        assertThat(BucketRules.nameProblem(name)).isPresent();
    }

    @Test
    void namesEndAt63Characters() {
        assertThat(BucketRules.nameProblem("a".repeat(63))).isEmpty();
        assertThat(BucketRules.nameProblem("a".repeat(64))).isPresent();
    }
}
