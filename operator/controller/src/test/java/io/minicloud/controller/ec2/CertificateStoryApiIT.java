package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.api.common.Labels;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.acm.certificate.CertificateReconciler;
import io.minicloud.controller.pki.TestChain;
import io.minicloud.controller.pki.TestChain.Wish;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates against a real API server: issued, renewed and imported; what is there is judged by the JDK. */
class CertificateStoryApiIT extends AccountStory {
    private static final MovedClock CLOCK = new MovedClock();
    private static final AtomicInteger LOOKS = new AtomicInteger();
    private static final KeyPair KEYS = TestChain.keys("EC", 256);

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.shared(
            parts -> List.of(new CertificateReconciler(parts.settings(), parts.executor(), CLOCK)));

    CertificateStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrol("certificates", "home-799a");
    }

    @AfterEach
    void now() {
        CLOCK.ahead = Duration.ZERO;
    }

    @Test
    void itIsIssuedByTheAccountsOwnAuthority() throws Exception {
        certificate("site", "domainName: shop.lab, subjectAlternativeNames: ['*.shop.lab', Shop.lab]");

        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var status = status("site");
        assertThat(status.certificateArn())
                .isEqualTo("arn:aws:acm:home-1:%s:certificate/%s"
                        .formatted(
                                accountId(),
                                get(Certificate.class, "site").getMetadata().getUid()));
        assertThat(status.type()).isEqualTo("PRIVATE");
        assertThat(status.status()).isEqualTo("ISSUED");
        assertThat(status.renewalEligibility()).isEqualTo("ELIGIBLE");
        assertThat(status.domainName()).isEqualTo("shop.lab");
        assertThat(status.subjectAlternativeNames()).containsExactly("shop.lab", "*.shop.lab");
        assertThat(status.keyAlgorithm()).isEqualTo("RSA_2048");
        assertThat(Duration.between(Instant.now(), Instant.parse(status.notAfter())))
                .isBetween(Duration.ofDays(394), Duration.ofDays(395));
        assertThat(status.certificateSecretName()).isEqualTo("site-certificate");
        assertThat(status.certificateAuthorityConfigMapName()).isEqualTo("minicloud-ca");

        var secret = texts("site-certificate");
        var trust = get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt");
        assertThat(secret).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(secret.get("ca.crt")).isEqualTo(trust);
        validate(secret.get("tls.crt"), trust);
        assertThat(get(Secret.class, "site-certificate").getType()).isEqualTo("kubernetes.io/tls");
        assertThat(get(Secret.class, "site-certificate").getMetadata().getLabels())
                .containsEntry(Labels.MANAGED_BY, Labels.MANAGER);
    }

    @Test
    void theAuthoritysKeyIsNowhereInTheAccount() {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");

        var key = decoded(authority()).get("tls.key");
        assertThat(key).startsWith("-----BEGIN PRIVATE KEY");
        assertThat(client().secrets().inNamespace(namespace).list().getItems())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(decoded(secret)).doesNotContainValue(key));
        assertThat(get(ConfigMap.class, "minicloud-ca").getData().toString()).doesNotContain("PRIVATE");
        assertThat(client().getKubernetesSerialization().asJson(get(Certificate.class, "site")))
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void twoAccountsDoNotTrustEachOther() throws Exception {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var ours = texts("site-certificate").get("tls.crt");
        var trust = get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt");
        enrol("neighbours", "home-799a");
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");

        var theirs = texts("site-certificate").get("tls.crt");
        validate(ours, trust);
        assertThatThrownBy(() -> validate(theirs, trust)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void oneAccountHasOneAuthority() throws Exception {
        certificate("site", "domainName: shop.lab, keyAlgorithm: EC_prime256v1");
        certificate("api", "domainName: api.lab, keyAlgorithm: EC_secp384r1");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        condition(Certificate.class, "api", "Ready", "True", "Issued");

        var trust = get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt");
        validate(texts("site-certificate").get("tls.crt"), trust);
        validate(texts("api-certificate").get("tls.crt"), trust);
    }

    /** ACM: 60 days before it expires, and the ARN stays. */
    @Test
    void itIsRenewedInTime() throws Exception {
        certificate("site", "domainName: shop.lab, keyAlgorithm: EC_prime256v1");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var first = status("site");
        var key = texts("site-certificate").get("tls.key");

        CLOCK.ahead = Duration.ofDays(395 - 61);
        look("site", "domainName: shop.lab, keyAlgorithm: EC_prime256v1");
        assertThat(status("site").serial()).isEqualTo(first.serial());

        CLOCK.ahead = Duration.ofDays(395 - 59);
        look("site", "domainName: shop.lab, keyAlgorithm: EC_prime256v1");

        soon(() -> assertThat(status("site").serial()).isNotEqualTo(first.serial()));
        var second = status("site");
        assertThat(second.certificateArn()).isEqualTo(first.certificateArn());
        assertThat(Duration.between(Instant.parse(first.notAfter()), Instant.parse(second.notAfter())))
                .isCloseTo(Duration.ofDays(395 - 59), Duration.ofMinutes(5));
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        assertThat(texts("site-certificate").get("tls.key")).isNotEqualTo(key);
        validate(
                texts("site-certificate").get("tls.crt"),
                get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt"));
    }

    /** AWS: 10 names in a certificate, the domain name counted. */
    @Test
    void moreNamesThanTheQuotaAreRefused() {
        certificate("ten", "domainName: n0.lab, subjectAlternativeNames: [" + names(9) + "]");
        certificate("eleven", "domainName: n0.lab, subjectAlternativeNames: [" + names(10) + "]");

        condition(Certificate.class, "ten", "Ready", "True", "Issued");
        assertThat(condition(Certificate.class, "eleven", "Accepted", "False", "LimitExceededException")
                        .message())
                .contains("11", "10", "quotas.domainNamesPerCertificate");
        assertThat(status("eleven").status()).isEqualTo("FAILED");
        assertThat(get(Secret.class, "eleven-certificate")).isNull();
    }

    @Test
    void whatIsNotInAnAccountIsRefused() {
        var account = namespace;
        namespace = server().freshNamespace("stranger");
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Accepted", "False", "NotAnAccount");
        assertThat(status("site").status()).isEqualTo("PENDING_VALIDATION");
        assertThat(get(ConfigMap.class, "minicloud-ca")).isNull();

        namespace = account;
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Accepted", "True", "Accepted");
    }

    @Test
    void aSecretDeletedByHandComesBackWithAnotherKey() throws Exception {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var before = texts("site-certificate");

        delete(Secret.class, "site-certificate");
        certificate("site", "domainName: shop.lab, tags: {look: again}");

        soon(() -> assertThat(get(Secret.class, "site-certificate")).isNotNull());
        var after = texts("site-certificate");
        assertThat(after.get("tls.key")).isNotEqualTo(before.get("tls.key"));
        assertThat(after.get("ca.crt")).isEqualTo(before.get("ca.crt"));
        validate(after.get("tls.crt"), after.get("ca.crt"));
        condition(Certificate.class, "site", "Ready", "True", "Issued");
    }

    @Test
    void aStrangersSecretAndConfigMapAreNotTouched() {
        secret("site-certificate", Map.of("tls.crt", "words", "tls.key", "words"));
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Programmed", "False", "NameTaken");
        assertThat(texts("site-certificate")).containsEntry("tls.crt", "words");

        client().resource(new ConfigMapBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(namespace)
                                .withName("minicloud-ca")
                                .build())
                        .withData(Map.of("ca.crt", "words"))
                        .build())
                .create();
        certificate("api", "domainName: shop.lab");
        assertThat(condition(Certificate.class, "api", "Programmed", "False", "NameTaken")
                        .message())
                .contains("ConfigMap minicloud-ca");
        assertThat(get(ConfigMap.class, "minicloud-ca").getData()).containsEntry("ca.crt", "words");

        delete(ConfigMap.class, "minicloud-ca");
        delete(Secret.class, "site-certificate");
        certificate("site", "domainName: shop.lab, tags: {look: again}");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
    }

    @Test
    void aChangedTrustIsMended() {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var trust = get(ConfigMap.class, "minicloud-ca");
        var before = trust.getData();
        trust.setData(Map.of("ca.crt", "words"));
        client().resource(trust).update();

        look("site", "domainName: shop.lab");

        assertThat(get(ConfigMap.class, "minicloud-ca").getData()).isEqualTo(before);
    }

    @Test
    void anAuthorityThatIsGoneIsSaidAndNotMadeAgain() {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var lost = authority();
        var serial = status("site").serial();

        client().resource(lost).delete();
        certificate("late", "domainName: late.lab");
        certificate("site", "domainName: shop.lab, tags: {look: again}");

        assertThat(condition(Certificate.class, "late", "Ready", "False", "AuthorityLost")
                        .message())
                .contains("authority-" + accountId(), "minicloud-authorities", "backup");
        condition(Certificate.class, "site", "Programmed", "False", "AuthorityLost");
        // Who has it goes on with it.
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        assertThat(authority()).isNull();
        // Nor when its trace in the account is gone too.
        delete(ConfigMap.class, "minicloud-ca");
        look("late", "domainName: late.lab");
        condition(Certificate.class, "late", "Ready", "False", "AuthorityLost");
        assertThat(authority()).isNull();

        lost.getMetadata().setResourceVersion(null);
        client().resource(lost).create();
        look("late", "domainName: late.lab");
        look("site", "domainName: shop.lab");
        condition(Certificate.class, "late", "Ready", "True", "Issued");
        condition(Certificate.class, "site", "Programmed", "True", "Issued");
        assertThat(status("site").serial()).isEqualTo(serial);
    }

    /** The way out that the message tells. */
    @Test
    void withoutABackupTheAccountBeginsAnew() throws Exception {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var before = get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt");
        client().resource(authority()).delete();
        delete(Certificate.class, "site");
        gone(Certificate.class, "site");
        delete(ConfigMap.class, "minicloud-ca");

        certificate("site", "domainName: shop.lab");

        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var after = get(ConfigMap.class, "minicloud-ca").getData().get("ca.crt");
        assertThat(after).isNotEqualTo(before);
        validate(texts("site-certificate").get("tls.crt"), after);
    }

    @Test
    void aDamagedAuthorityIsSaid() {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        var sound = authority();
        client().resource(sound).delete();
        var damaged = new SecretBuilder(sound)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withData(Map.of("tls.crt", "", "tls.key", ""))
                .build();
        client().resource(damaged).create();

        look("site", "domainName: shop.lab");

        condition(Certificate.class, "site", "Programmed", "False", "AuthorityDamaged");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        assertThat(authority().getData()).isEqualTo(damaged.getData());
    }

    @Test
    void oneIsImportedAndImportedAgain() {
        var root = TestChain.selfSigned(wish("root").authority(), KEYS);
        var first = root.issue(wish("www.example.org"), TestChain.keys("RSA", 2048));
        secret("mine", TestChain.secret(first.pem() + root.pem(), first.key()));
        certificate("site", "importSecretName: mine");

        condition(Certificate.class, "site", "Ready", "True", "Imported");
        var status = status("site");
        assertThat(status.type()).isEqualTo("IMPORTED");
        assertThat(status.status()).isEqualTo("ISSUED");
        assertThat(status.renewalEligibility()).isEqualTo("INELIGIBLE");
        assertThat(status.domainName()).isEqualTo("www.example.org");
        assertThat(status.keyAlgorithm()).isEqualTo("RSA_2048");
        assertThat(status.issuer()).isEqualTo("CN=root");
        assertThat(status.certificateAuthorityConfigMapName()).isNull();
        assertThat(get(ConfigMap.class, "minicloud-ca"))
                .as("no authority was needed")
                .isNull();
        assertThat(texts("site-certificate"))
                .containsEntry("tls.crt", first.pem())
                .containsEntry("ca.crt", root.pem());

        var second = root.issue(wish("www.example.org"), TestChain.keys("RSA", 2048));
        secret("mine", TestChain.secret(second.pem() + root.pem(), second.key()));
        look("site", "importSecretName: mine");
        assertThat(texts("site-certificate")).containsEntry("tls.crt", second.pem());
        assertThat(status("site").serial()).isNotEqualTo(status.serial());
        assertThat(status("site").certificateArn()).isEqualTo(status.certificateArn());

        // What cannot be imported leaves the former in force.
        secret("mine", TestChain.secret(second.pem(), first.key()));
        look("site", "importSecretName: mine");
        condition(Certificate.class, "site", "Accepted", "False", "PrivateKeyMismatch");
        condition(Certificate.class, "site", "Ready", "True", "Imported");
        assertThat(status("site").status()).isEqualTo("ISSUED");
        assertThat(texts("site-certificate")).containsEntry("tls.crt", second.pem());

        // ACM: the key type and size cannot be changed; in another certificate it may be.
        var third = root.issue(wish("www.example.org"), TestChain.keys("RSA", 3072));
        secret("mine", TestChain.secret(third.pem() + root.pem(), third.key()));
        look("site", "importSecretName: mine");
        assertThat(condition(Certificate.class, "site", "Accepted", "False", "KeyAlgorithmChanged")
                        .message())
                .contains("ValidationException", "RSA_2048", "RSA_3072");
        condition(Certificate.class, "site", "Ready", "True", "Imported");
        assertThat(texts("site-certificate")).containsEntry("tls.crt", second.pem());
        certificate("longer", "importSecretName: mine");
        condition(Certificate.class, "longer", "Ready", "True", "Imported");
        assertThat(status("longer").keyAlgorithm()).isEqualTo("RSA_3072");

        delete(Secret.class, "mine");
        look("site", "importSecretName: mine");
        condition(Certificate.class, "site", "Accepted", "False", "ImportSecretNotFound");
        condition(Certificate.class, "site", "Ready", "True", "Imported");

        CLOCK.ahead = Duration.ofDays(40);
        look("site", "importSecretName: mine");
        condition(Certificate.class, "site", "Ready", "False", "Expired");
        assertThat(status("site").status()).isEqualTo("EXPIRED");
    }

    @Test
    void whatCannotServeIsNotImported() {
        var keys = TestChain.keys("RSA", 2048);
        var sound = TestChain.selfSigned(wish("www.example.org"), keys);
        var day = Duration.ofDays(1);
        var now = Instant.now();
        var past = TestChain.selfSigned(
                wish("www.example.org").valid(now.minus(day.multipliedBy(2)), now.minus(day)), keys);
        var future =
                TestChain.selfSigned(wish("www.example.org").valid(now.plus(day), now.plus(day.multipliedBy(2))), keys);
        var weak = TestChain.selfSigned(wish("www.example.org"), TestChain.keys("RSA", 1024));
        var broken = TestChain.selfSigned(wish("www.example.org").digest("SHA1"), keys);
        var stranger = TestChain.selfSigned(wish("stranger").authority(), KEYS);
        var bad = new HashMap<String, Map<String, String>>();
        bad.put("CertificateMalformed", TestChain.secret("words", sound.key()));
        bad.put("PrivateKeyMalformed", TestChain.secret(sound.pem(), "words"));
        bad.put("PrivateKeyEncrypted", TestChain.secret(sound.pem(), TestChain.encrypted(keys.getPrivate())));
        bad.put("PrivateKeyMismatch", TestChain.secret(sound.pem(), stranger.key()));
        bad.put("CertificateChainInvalid", TestChain.secret(sound.pem() + stranger.pem(), sound.key()));
        bad.put("CertificateExpired", TestChain.secret(past.pem(), past.key()));
        bad.put("CertificateNotYetValid", TestChain.secret(future.pem(), future.key()));
        bad.put("UnsupportedKeyAlgorithm", TestChain.secret(weak.pem(), weak.key()));
        bad.put("UnsupportedSignatureAlgorithm", TestChain.secret(broken.pem(), broken.key()));

        bad.forEach((reason, content) -> {
            secret(reason.toLowerCase(), content);
            certificate(reason.toLowerCase(), "importSecretName: " + reason.toLowerCase());
        });
        secret("sound", TestChain.secret(sound.pem(), sound.key()));
        certificate("sound", "importSecretName: sound");

        bad.keySet().forEach(reason -> {
            var told = condition(Certificate.class, reason.toLowerCase(), "Accepted", "False", reason);
            assertThat(told.message()).contains("ValidationException: ").doesNotContain("PRIVATE KEY-");
            condition(Certificate.class, reason.toLowerCase(), "Ready", "False", reason);
            assertThat(status(reason.toLowerCase()).status()).isEqualTo("FAILED");
            assertThat(get(Secret.class, reason.toLowerCase() + "-certificate")).isNull();
        });
        condition(Certificate.class, "sound", "Ready", "True", "Imported");
    }

    @Test
    void itsSecretGoesWithItAndTheAuthorityStays() {
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");

        delete(Certificate.class, "site");

        gone(Certificate.class, "site");
        assertThat(get(Secret.class, "site-certificate")).isNull();
        assertThat(authority()).isNotNull();
        assertThat(get(ConfigMap.class, "minicloud-ca")).isNotNull();
        var before = get(ConfigMap.class, "minicloud-ca").getData();
        certificate("site", "domainName: shop.lab");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        assertThat(get(ConfigMap.class, "minicloud-ca").getData()).isEqualTo(before);
    }

    @Test
    void oneThatAListenerNamesStaysUntilItIsNamedNoMore() {
        certificate("site", "domainName: shop.lab");
        certificate("next", "domainName: shop.lab");
        listener("site");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        condition(Certificate.class, "next", "Ready", "True", "Issued");
        var balancer =
                "arn:aws:elasticloadbalancing:home-1:%s:loadbalancer/app/web/0123456789abcdef".formatted(accountId());
        client().resources(Listener.class)
                .inNamespace(namespace)
                .withName("web")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"loadBalancerArn\": \"%s\"}}".formatted(balancer));
        soon(() -> assertThat(status("site").inUseBy()).containsExactly(balancer));
        assertThat(status("next").inUseBy()).isNull();

        delete(Certificate.class, "site");

        assertThat(condition(Certificate.class, "site", "Ready", "False", "ResourceInUseException")
                        .message())
                .contains("Listener web");
        assertThat(get(Secret.class, "site-certificate")).isNotNull();
        listener("next");
        gone(Certificate.class, "site");
        assertThat(get(Secret.class, "site-certificate")).isNull();
        soon(() -> assertThat(status("next").inUseBy()).containsExactly(balancer));
        delete(Listener.class, "web");
        soon(() -> assertThat(status("next").inUseBy()).isNull());
        delete(Certificate.class, "next");
        gone(Certificate.class, "next");
    }

    private void listener(String certificate) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: web, namespace: %s}
                spec:
                  loadBalancerRef: {name: web}
                  port: 443
                  protocol: HTTPS
                  certificateRefs: [{name: %s}]
                  defaultActions: [{type: forward, forwardConfig: {targetGroups: [{targetGroupRef: {name: web}}]}}]
                """.formatted(namespace, certificate));
    }

    private void certificate(String name, String spec) {
        server().apply("""
                apiVersion: acm.minicloud.io/v1alpha1
                kind: Certificate
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec));
    }

    /** Has the controller look at it now, and awaits that. */
    private void look(String name, String spec) {
        certificate(name, spec + ", tags: {look: \"" + LOOKS.incrementAndGet() + "\"}");
        soon(() -> assertThat(status(name).observedGeneration())
                .isEqualTo(get(Certificate.class, name).getMetadata().getGeneration()));
    }

    private void secret(String name, Map<String, String> content) {
        client().resource(new SecretBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(namespace)
                                .withName(name)
                                .build())
                        .withStringData(content)
                        .build())
                .createOr(replaced -> replaced.update());
    }

    private CertificateStatus status(String name) {
        return get(Certificate.class, name).getStatus();
    }

    private Map<String, String> texts(String secret) {
        return decoded(get(Secret.class, secret));
    }

    private static Map<String, String> decoded(Secret secret) {
        var texts = new HashMap<String, String>();
        secret.getData()
                .forEach((key, value) ->
                        texts.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return texts;
    }

    private String accountId() {
        return get(Account.class, namespace).getSpec().accountId();
    }

    private Secret authority() {
        return find(Secret.class, Labels.AUTHORITIES_NAMESPACE, "authority-" + accountId());
    }

    private static Wish wish(String name) {
        return Wish.of(name, Instant.now());
    }

    private static String names(int count) {
        return String.join(
                ", ",
                IntStream.rangeClosed(1, count).mapToObj(i -> "n" + i + ".lab").toList());
    }

    /** As a client would that trusts the authority. */
    private static void validate(String certificate, String trust) throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(read(trust), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(CLOCK.instant()));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(read(certificate))),
                        parameters);
    }

    private static X509Certificate read(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The time of day, or what it will be. */
    private static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
