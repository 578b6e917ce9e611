package io.minicloud.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.Client;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** The borders of modules and packages. */
@AnalyzeClasses(
        packages = "io.minicloud",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** What one module's tests lend to another's comes as a jar of its own. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** What drives an engine: the ports and their adapters. */
    private static final String[] ENGINES = {
        "io.minicloud.agent.network..",
        "io.minicloud.agent.hypervisor..",
        "io.minicloud.agent.disk..",
        "io.minicloud.agent.image..",
        "io.minicloud.agent.metadata..",
        "io.minicloud.agent.process..",
        "io.minicloud.agent.accesslog..",
        "io.minicloud.controller.objectstore.."
    };

    /** One package per AWS service, one below it per kind. */
    private static final String[] SERVICES = {
        "io.minicloud.controller.ec2..",
        "io.minicloud.controller.elbv2..",
        "io.minicloud.controller.acm..",
        "io.minicloud.controller.s3..",
        "io.minicloud.controller.organizations.."
    };

    /** What services share, each named by its topic. */
    private static final String[] SHARED = {
        "io.minicloud.controller.address..",
        "io.minicloud.controller.attachment..",
        "io.minicloud.controller.certificate..",
        "io.minicloud.controller.change..",
        "io.minicloud.controller.derived..",
        "io.minicloud.controller.fabric..",
        "io.minicloud.controller.host..",
        "io.minicloud.controller.hostsecret..",
        "io.minicloud.controller.ipam..",
        "io.minicloud.controller.internetgateway..",
        "io.minicloud.controller.loadbalancing..",
        "io.minicloud.controller.natgateway..",
        "io.minicloud.controller.objectstore..",
        "io.minicloud.controller.pki..",
        "io.minicloud.controller.placement..",
        "io.minicloud.controller.prefixlist..",
        "io.minicloud.controller.publicaddress..",
        "io.minicloud.controller.resolver..",
        "io.minicloud.controller.vpcmodel..",
        "io.minicloud.controller.vpcrange.."
    };

    @ArchTest
    static final ArchRule THE_BRAINS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("io.minicloud.controller..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minicloud.agent..", "io.minicloud.app..");

    @ArchTest
    static final ArchRule NOR_THE_OTHER_WAY_ROUND = noClasses()
            .that()
            .resideInAPackage("io.minicloud.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minicloud.controller..", "io.minicloud.app..");

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("io.minicloud.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.minicloud.reconcile..",
                    "io.minicloud.controller..",
                    "io.minicloud.agent..",
                    "io.minicloud.app..",
                    "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule THE_LIBRARY_KNOWS_NO_BRAIN = noClasses()
            .that()
            .resideInAPackage("io.minicloud.reconcile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minicloud.controller..", "io.minicloud.agent..", "io.minicloud.app..");

    @ArchTest
    static final ArchRule ONLY_THE_PROGRAM_KNOWS_QUARKUS = noClasses()
            .that()
            .resideOutsideOfPackage("io.minicloud.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.quarkiverse..", "io.smallrye..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule ONE_PLACE_STARTS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("io.minicloud.agent.process..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule ONE_PLACE_SPEAKS_TO_LIBVIRT = noClasses()
            .that()
            .resideOutsideOfPackage("io.minicloud.agent.hypervisor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.libvirt..");

    @ArchTest
    static final ArchRule ONE_PLACE_OF_EACH_BRAIN_SPEAKS_TO_MINIO = noClasses()
            .that()
            .resideOutsideOfPackages("io.minicloud.controller.objectstore..", "io.minicloud.agent.accesslog..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.minio..");

    /** The client of MinIO throws its exceptions. */
    @ArchTest
    static final ArchRule ONE_PLACE_KNOWS_BOUNCY_CASTLE = noClasses()
            .that()
            .resideOutsideOfPackages("io.minicloud.controller.pki..", "io.minicloud.controller.objectstore..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule THE_AGENT_KNOWS_NOTHING_OF_AWS = noClasses()
            .that()
            .resideInAPackage("io.minicloud.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.minicloud.api.acm..",
                    "io.minicloud.api.ec2..",
                    "io.minicloud.api.s3..",
                    "io.minicloud.api.organizations..");

    @ArchTest
    static final ArchRule PORTS_AND_ADAPTERS_TAKE_PLAIN_RECORDS = noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KubernetesResource.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule SERVICES_KEEP_OUT_OF_EACH_OTHER =
            slices().matching("io.minicloud.controller.(*).(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule SERVICES_SHARE_WHAT_HAS_A_NAME = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .dependOnClassesThat(are(
                    "of the controller, in no package named as shared",
                    type -> type.getPackageName().startsWith("io.minicloud.controller.")
                            && !resideInAnyPackage(SERVICES).test(type)
                            && !resideInAnyPackage(SHARED).test(type)));

    @ArchTest
    static final ArchRule WHAT_IS_SHARED_KNOWS_NO_SERVICE = noClasses()
            .that()
            .resideInAnyPackage(SHARED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule LIBRARIES_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.minicloud.controller.ipam..",
                    "io.minicloud.controller.pki..",
                    "io.minicloud.controller.placement..",
                    "io.minicloud.controller.vpcmodel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule PLANNERS_ARE_PURE = noClasses()
            .that()
            .haveSimpleNameEndingWith("Planner")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Client.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk.operator.api.reconciler..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(PlanExecutor.class);

    @ArchTest
    static final ArchRule ONLY_THE_PROGRAM_WIRES = noClasses()
            .that()
            .resideOutsideOfPackage("io.minicloud.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..");

    @ArchTest
    static final ArchRule NOTHING_IS_CALLED_UTIL = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager)(\\$.*)?")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..helper..");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class);

    @ArchTest
    static final ArchRule PACKAGES_SAY_WHAT_THEY_ARE_FOR =
            classes().that(areOurs()).should(liveInANullMarkedPackage());

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_AGENT =
            slices().matching("io.minicloud.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_CONTROLLER =
            slices().matching("io.minicloud.controller.(**)").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> which) {
        return DescribedPredicate.describe("are " + what, which);
    }

    private static DescribedPredicate<JavaClass> areOurs() {
        return DescribedPredicate.describe(
                "are ours", type -> !type.getSimpleName().equals("package-info"));
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package with a null-marked package-info") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + ": its package has no null-marked package-info"));
                }
            }
        };
    }
}
