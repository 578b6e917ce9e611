package io.minicloud.reconcile.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.minicloud.api.common.Condition;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountStatus;
import io.minicloud.reconcile.event.EventRecorder;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // No pass here looks at its context.
class SupervisedReconcilerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final List<String> told = new ArrayList<>();
    private final EventRecorder events =
            (object, transition) -> told.add(object.getMetadata().getName() + " " + transition.reason());

    @Test
    void aPassThatChangesTheStatusIsTold() throws Exception {
        var reconciler =
                SupervisedReconciler.of(returning(UpdateControl.patchStatus(account("patch", "True"))), events, CLOCK);

        reconciler.reconcile(account("lab", "Unknown"), null);

        assertThat(told).containsExactly("lab Ready");
    }

    @Test
    void aPassThatChangesNothingIsNot() throws Exception {
        SupervisedReconciler.of(returning(UpdateControl.noUpdate()), events, CLOCK)
                .reconcile(account("lab", "True"), null);
        SupervisedReconciler.of(returning(UpdateControl.patchStatus(account("patch", "True"))), events, CLOCK)
                .reconcile(account("lab", "True"), null);

        assertThat(told).isEmpty();
    }

    @Test
    void aPassThatWroteSomethingIsFollowedByAnother() throws Exception {
        var quiet = SupervisedReconciler.of(returning(UpdateControl.noUpdate()), events, CLOCK);
        assertThat(quiet.reconcile(account("lab", "True"), null).getScheduleDelay())
                .isEmpty();

        var patching =
                SupervisedReconciler.of(returning(UpdateControl.patchStatus(account("patch", "True"))), events, CLOCK);
        assertThat(patching.reconcile(account("lab", "Unknown"), null).getScheduleDelay())
                .contains(1000L);

        var acting = SupervisedReconciler.of(
                (Reconciler<Account>) (account, context) -> {
                    new PlanExecutor(Checkpoint.NONE).execute("lab", Plan.of(new Nothing()));
                    return UpdateControl.<Account>noUpdate().rescheduleAfter(15_000);
                },
                events,
                CLOCK);
        assertThat(acting.reconcile(account("lab", "True"), null).getScheduleDelay())
                .contains(1000L);

        var sooner = UpdateControl.patchStatus(account("patch", "True")).rescheduleAfter(1);
        assertThat(SupervisedReconciler.of(returning(sooner), events, CLOCK)
                        .reconcile(account("lab", "Unknown"), null)
                        .getScheduleDelay())
                .contains(1L);
    }

    private record Nothing() implements Action {
        @Override
        public String describe() {
            return "nothing";
        }

        @Override
        public void apply() {}
    }

    @Test
    void theStatusOfAFailedPassIsTold() {
        var failing = new Reconciler<Account>() {
            @Override
            public UpdateControl<Account> reconcile(Account account, Context<Account> context) {
                throw new IllegalStateException("no engine");
            }

            @Override
            public ErrorStatusUpdateControl<Account> updateErrorStatus(
                    Account account, Context<Account> context, Exception e) {
                return ErrorStatusUpdateControl.patchStatus(account("patch", "False"));
            }
        };
        var reconciler = SupervisedReconciler.of(failing, events, CLOCK);
        var account = account("lab", "True");

        assertThatThrownBy(() -> reconciler.reconcile(account, null)).hasMessage("no engine");
        reconciler.updateErrorStatus(account, null, new IllegalStateException("no engine"));

        assertThat(told).containsExactly("lab Enrolled");
    }

    @Test
    void itCleansUpWhenTheReconcilerDoesAndOnlyThen() throws Exception {
        var cleaning = SupervisedReconciler.of(new Cleaning(), events, CLOCK);

        assertThat(SupervisedReconciler.of(returning(UpdateControl.noUpdate()), events, CLOCK))
                .isNotInstanceOf(Cleaner.class);
        assertThat(cleaning).isInstanceOf(Cleaner.class);
        cleanup(cleaning, account("lab", "True"));
        assertThat(told).containsExactly("lab Deleted");
    }

    @SuppressWarnings("unchecked")
    private static <P extends HasMetadata> void cleanup(Reconciler<P> reconciler, P resource) throws Exception {
        ((Cleaner<P>) reconciler).cleanup(resource, null);
    }

    private static Reconciler<Account> returning(UpdateControl<Account> control) {
        return (account, context) -> control;
    }

    private static Account account(String name, String ready) {
        var account = new Account();
        account.getMetadata().setName(name);
        var condition = new Condition("Ready", ready, 1L, "2026-11-21T10:00:00Z", "Enrolled", "");
        account.setStatus(new AccountStatus(List.of(condition), 1L, null, null));
        return account;
    }

    private static final class Cleaning implements Reconciler<Account>, Cleaner<Account> {
        @Override
        public UpdateControl<Account> reconcile(Account account, Context<Account> context) {
            return UpdateControl.noUpdate();
        }

        @Override
        public DeleteControl cleanup(Account account, Context<Account> context) {
            return DeleteControl.defaultDelete();
        }
    }
}
