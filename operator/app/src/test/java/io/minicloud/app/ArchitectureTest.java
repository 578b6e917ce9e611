package io.minicloud.app;

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
    static final ArchRule ONE_PLACE_SPEAKS_TO_MINIO = noClasses()
            .that()
            .resideOutsideOfPackage("io.minicloud.controller.objectstore..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.minio..");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule PACKAGES_SAY_WHAT_THEY_ARE_FOR =
            classes().that(areOurs()).should(liveInANullMarkedPackage());

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_AGENT =
            slices().matching("io.minicloud.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_CONTROLLER =
            slices().matching("io.minicloud.controller.(**)").should().beFreeOfCycles();

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
