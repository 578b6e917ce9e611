package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What each story of a proxy needs: a podman for all of them, and a lab of its own of which nothing is left. */
abstract class ProxyStory {
    @TempDir
    static Path home;

    private static ContainerLab containers;

    @TempDir
    private Path run;

    ProxyLab lab;

    @BeforeAll
    static void open() throws IOException {
        containers = new ContainerLab(home, "lab");
    }

    @AfterAll
    static void close() {
        containers.close();
    }

    @BeforeEach
    void makeTheLab() throws IOException {
        lab = new ProxyLab(containers, run);
    }

    @AfterEach
    void removeTheLab() {
        lab.close();
        assertThat(lab.folder()).doesNotExist();
    }
}
