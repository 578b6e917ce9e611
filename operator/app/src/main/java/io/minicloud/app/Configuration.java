package io.minicloud.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the program can be told: {@code minicloud.*} as system properties, or {@code MINICLOUD_*} in the environment. */
@ConfigMapping(prefix = "minicloud")
public interface Configuration {
    /** The brains that run here. Both in one process only where {@link #embedded()} is set. */
    @WithDefault("controller,agent")
    Set<Role> roles();

    /** The name of this machine's {@code Host}; the agent needs it. */
    Optional<String> host();

    /** The state folder. */
    @WithDefault("/var/lib/minicloud")
    Path home();

    /** The region of the installation, immutable. */
    @WithDefault("home-1")
    String region();

    /** The service range of the installation. */
    @WithDefault("100.64.0.0/16")
    String serviceCidr();

    /** Where libvirtd listens; the socket below {@link #home()} when absent. */
    Optional<String> libvirtUri();

    /** Where libvirtd writes a log for each machine; {@code log/libvirt/qemu} below {@link #home()} when absent. */
    Optional<Path> libvirtLogFolder();

    /** Where images named by file lie; {@code images} below {@link #home()} when absent. */
    Optional<Path> imageFolder();

    /**
     * Whether the API server is the one that hack/up runs on this machine for this installation alone. Only then may
     * both brains share a process, without a lease: a lock on the state folder keeps a second one out.
     */
    @WithDefault("false")
    boolean embedded();

    /**
     * In a container with the machine's processes and network: a process that stands on the machine itself, as a rule 1. The
     * state folder is there at its own path. Absent where this process stands on the machine itself.
     */
    OptionalLong machineProcess();

    /** The controller's credential. */
    Credential controller();

    /** The agent's credential. */
    Credential agent();

    /** The S3 engine. */
    ObjectStore s3();

    /** How much of what an account may have. */
    Quotas quotas();

    /** How a brain identifies itself to the API server. */
    interface Credential {
        /** A kubeconfig; the service account of the pod when absent. */
        Optional<Path> kubeconfig();
    }

    /** How much of what an account may have; the defaults are AWS's. */
    interface Quotas {
        /** The rules of a security group, counted apart for ingress and egress. */
        @WithDefault("60")
        int rulesPerSecurityGroup();

        /** The entries of a network ACL, counted apart for ingress and egress. */
        @WithDefault("20")
        int entriesPerNetworkAcl();

        /** The routes of a route table besides the local one. */
        @WithDefault("500")
        int routesPerRouteTable();

        /** The public addresses of an account. */
        @WithDefault("5")
        int elasticIps();

        /** The NAT gateways of an account in an availability zone. */
        @WithDefault("5")
        int natGatewaysPerZone();

        /** The IPv4 ranges of a VPC, the primary one counted. */
        @WithDefault("5")
        int cidrBlocksPerVpc();

        /** The load balancers of an account, counted apart for each type. */
        @WithDefault("50")
        int loadBalancers();

        /** The target groups of an account. */
        @WithDefault("3000")
        int targetGroups();

        /** The listeners of a load balancer. */
        @WithDefault("50")
        int listenersPerLoadBalancer();

        /** The rules of all listeners of a load balancer, their default actions not counted. */
        @WithDefault("100")
        int rulesPerLoadBalancer();

        /** The targets of all target groups of a load balancer. */
        @WithDefault("1000")
        int targetsPerLoadBalancer();
        /** The names of a certificate, the domainName counted. */
        @WithDefault("10")
        int domainNamesPerCertificate();
    }

    /** The S3 engine that the controller drives. */
    interface ObjectStore {
        /** Its URL; buckets wait while there is none. */
        Optional<URI> endpoint();

        /** The URL by which users reach it; the same when absent. */
        Optional<URI> publicEndpoint();

        /** A file with the lines {@code MINIO_ROOT_USER=…} and {@code MINIO_ROOT_PASSWORD=…}. */
        Optional<Path> credentialsFile();
    }

    /** What this process calls itself towards people: the Host, else the pod. */
    default String machineName() {
        return host().or(() -> Optional.ofNullable(System.getenv("HOSTNAME"))).orElse("controller");
    }

    /** The credential of a brain. */
    default Credential credential(Role role) {
        return role == Role.CONTROLLER ? controller() : agent();
    }
}
