package io.minicloud.controller.acm.certificate;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.Labels;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.certificate.CertificateIndexes;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Issues and renews certificates by the account's own authority, or imports them. */
@ControllerConfiguration(
        name = "certificate",
        fieldManager = "minicloud-certificate",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class CertificateReconciler implements Reconciler<Certificate>, Cleaner<Certificate> {
    // Secrets are not watched, because most of a namespace are none of ours: nobody tells of a new one to import.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final CertificateStatusFactory statuses;
    private final int namesPerCertificate;
    private final PlanExecutor executor;
    private final Clock clock;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param executor runs plans
     * @param clock the time of transitions and of validity
     */
    public CertificateReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.statuses = new CertificateStatusFactory(settings.region(), clock);
        this.namesPerCertificate = settings.quotas().domainNamesPerCertificate();
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Certificate>> prepareEventSources(EventSourceContext<Certificate> context) {
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(context.getPrimaryCache()
                        .list(account.getSpec().namespace())
                        .toList()));
        var listeners = watch.source(
                Listener.class,
                listener -> Indexes.ids(context.getPrimaryCache()
                        .list(listener.getMetadata().getNamespace())
                        .toList()),
                (now, before) -> Watch.specChanged(now, before)
                        || !balancer(now).equals(balancer(before))
                        || !CertificateIndexes.inForce(now).equals(CertificateIndexes.inForce(before)));
        Indexes.accounts(accounts);
        CertificateIndexes.listeners(listeners);
        return List.of(accounts, listeners);
    }

    @Override
    public UpdateControl<Certificate> reconcile(Certificate certificate, Context<Certificate> context) {
        var namespace = certificate.getMetadata().getNamespace();
        var account = References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
        var view = Judgement.fold(
                account.then(id -> CertificateNames.judge(certificate, namesPerCertificate)
                        .then(sound -> new Resolution.Resolved<>(id))),
                id -> provisioner(certificate, context).provision(id, () -> isRelied(namespace, context)),
                (reason, message) -> CertificateView.refused(null, reason, message, Optional.empty()));
        return StatusUpdate.of(
                        certificate,
                        Certificate::new,
                        statuses.status(certificate, view, inUseBy(certificate, context)))
                .rescheduleAfter(view.isLost() ? AT_ONCE : LOOK_AGAIN);
    }

    @Override
    public DeleteControl cleanup(Certificate certificate, Context<Certificate> context) {
        var users = users(certificate, context);
        if (!users.isEmpty()) {
            var waiting =
                    Progress.pending(CertificateReason.ResourceInUseException, Blockers.message(Blockers.names(users)));
            var status = statuses.deleting(certificate, waiting, inUseBy(certificate, context));
            StatusUpdate.inCleanup(certificate, Certificate::new, status, context);
            return DeleteControl.noFinalizerRemoval();
        }
        new CertificateSecrets(context.getClient()).delete(certificate);
        return DeleteControl.defaultDelete();
    }

    private CertificateProvisioner provisioner(Certificate certificate, Context<Certificate> context) {
        var client = context.getClient();
        return new CertificateProvisioner(
                certificate, new CertificateSecrets(client), new Authorities(client, executor, clock), executor, clock);
    }

    private static List<Listener> users(Certificate certificate, Context<Certificate> context) {
        return Cached.of(context, Listener.class).by(CertificateIndexes.CERTIFICATE, Indexes.key(certificate));
    }

    private static @Nullable List<String> inUseBy(Certificate certificate, Context<Certificate> context) {
        var balancers = users(certificate, context).stream()
                .map(CertificateReconciler::balancer)
                .filter(arn -> !arn.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return balancers.isEmpty() ? null : balancers;
    }

    private static String balancer(Listener listener) {
        var status = listener.getStatus();
        return status == null || status.loadBalancerArn() == null ? "" : status.loadBalancerArn();
    }

    private static boolean isRelied(String namespace, Context<Certificate> context) {
        return context.getPrimaryCache().list(namespace).anyMatch(Issuance::wasIssued);
    }
}
