package io.minicloud.api.acm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Certificate}. What it tells of the certificate itself is of the one in force; nothing of it
 * is there before there is one.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param certificateArn The Amazon resource name; a renewal or another import keeps it.
 * @param type PRIVATE: issued by the account's own authority; IMPORTED.
 * @param status PENDING_VALIDATION, ISSUED, EXPIRED, or FAILED when it can never be had as it is asked for.
 * @param domainName The name of the certificate.
 * @param subjectAlternativeNames All names that it is good for.
 * @param keyAlgorithm The algorithm of its key, such as RSA_2048.
 * @param serial Its serial number, hexadecimal with colons.
 * @param subject Whom it names.
 * @param issuer Who signed it.
 * @param notBefore Since when it is valid, RFC 3339.
 * @param notAfter Until when it is valid, RFC 3339.
 * @param renewalEligibility ELIGIBLE: renewed 60 days before it expires; INELIGIBLE: imported, import another one in time.
 * @param certificateSecretName The Secret of this namespace with the certificate and its chain (tls.crt), its private key
 *     (tls.key) and who signed them all (ca.crt).
 * @param certificateAuthorityConfigMapName The ConfigMap of this namespace with the certificate of the account's own
 *     authority (ca.crt), for those who are to trust it.
 * @param inUseBy The ARNs of the load balancers whose listeners name it; while there are any, it is not deleted.
 * @see <a href="https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html">CertificateDetail</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record CertificateStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("The Amazon resource name; a renewal or another import keeps it.")
        String certificateArn,

        @JsonPropertyDescription("PRIVATE: issued by the account's own authority; IMPORTED.")
        String type,

        @JsonPropertyDescription(
                "PENDING_VALIDATION, ISSUED, EXPIRED, or FAILED when it can never be had as it is asked for.")
        String status,

        @JsonPropertyDescription("The name of the certificate.")
        String domainName,

        @JsonPropertyDescription("All names that it is good for.")
        List<String> subjectAlternativeNames,

        @JsonPropertyDescription("The algorithm of its key, such as RSA_2048.")
        String keyAlgorithm,

        @JsonPropertyDescription("Its serial number, hexadecimal with colons.")
        String serial,

        @JsonPropertyDescription("Whom it names.") String subject,

        @JsonPropertyDescription("Who signed it.") String issuer,

        @JsonPropertyDescription("Since when it is valid, RFC 3339.")
        String notBefore,

        @JsonPropertyDescription("Until when it is valid, RFC 3339.")
        String notAfter,

        @JsonPropertyDescription(
                "ELIGIBLE: renewed 60 days before it expires; INELIGIBLE: imported, import another one in time.")
        String renewalEligibility,

        @JsonPropertyDescription(
                "The Secret of this namespace with the certificate and its chain (tls.crt), its private key (tls.key) and who signed them all (ca.crt).")
        String certificateSecretName,

        @JsonPropertyDescription(
                "The ConfigMap of this namespace with the certificate of the account's own authority (ca.crt), for those who are to trust it.")
        String certificateAuthorityConfigMapName,

        @JsonPropertyDescription(
                "The ARNs of the load balancers whose listeners name it; while there are any, it is not deleted.")
        List<String> inUseBy)
        implements Conditioned {}
