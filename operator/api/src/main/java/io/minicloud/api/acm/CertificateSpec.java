package io.minicloud.api.acm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link Certificate}: one that is issued has a domainName, one that is imported an
 * importSecretName.
 *
 * @param domainName The name that the certificate is issued for, such as shop.lab or *.shop.lab; at most 64 characters;
 *     immutable.
 * @param subjectAlternativeNames More names, each at most 253 characters; immutable.
 * @param keyAlgorithm RSA_2048, EC_prime256v1 or EC_secp384r1; RSA_2048 when absent; immutable.
 * @param importSecretName The Secret of this namespace to import from, instead of being issued: tls.crt is the
 *     certificate and, after it, its chain in order, tls.key its private key, ca.crt the end of the chain, if you have
 *     it. What changes in it is imported anew, and so is another Secret.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html">RequestCertificate</a>
 * @see <a href="https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html">ImportCertificate</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.domainName) != has(self.importSecretName)",
        message =
                "give a domainName, for which a certificate is issued, or an importSecretName, from which one is imported: one of the two")
@ValidationRule(
        value = "!has(self.importSecretName) || !has(self.subjectAlternativeNames) && !has(self.keyAlgorithm)",
        message =
                "an imported certificate has its own names and key: leave out subjectAlternativeNames and keyAlgorithm",
        fieldPath = ".importSecretName")
@ValidationRule(
        value =
                "!has(self.domainName) || self.domainName.matches('^([*][.])?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$')",
        message =
                "domainName must be a name of at least two parts such as shop.lab, with a * at most as its first part: *.shop.lab",
        fieldPath = ".domainName")
@ValidationRule(
        value = "!has(self.domainName) || size(self.domainName) <= 64",
        message =
                "domainName must have at most 64 characters (RFC 5280): make a short name the domainName, and the long one one of the subjectAlternativeNames",
        fieldPath = ".domainName")
@ValidationRule(
        value =
                "!has(self.subjectAlternativeNames) || self.subjectAlternativeNames.all(n, n.matches('^([*][.])?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$'))",
        message =
                "subjectAlternativeNames must be names of at least two parts such as shop.lab, with a * at most as the first part: *.shop.lab",
        fieldPath = ".subjectAlternativeNames")
@ValidationRule(
        value =
                "has(self.domainName) == has(oldSelf.domainName) && (!has(self.domainName) || self.domainName == oldSelf.domainName)",
        message = "domainName is immutable: delete the object and make a new one",
        fieldPath = ".domainName")
@ValidationRule(
        value =
                "has(self.subjectAlternativeNames) == has(oldSelf.subjectAlternativeNames) && (!has(self.subjectAlternativeNames) || self.subjectAlternativeNames == oldSelf.subjectAlternativeNames)",
        message = "subjectAlternativeNames is immutable: delete the object and make a new one",
        fieldPath = ".subjectAlternativeNames")
@ValidationRule(
        value =
                "has(self.keyAlgorithm) == has(oldSelf.keyAlgorithm) && (!has(self.keyAlgorithm) || self.keyAlgorithm == oldSelf.keyAlgorithm)",
        message = "keyAlgorithm is immutable: delete the object and make a new one",
        fieldPath = ".keyAlgorithm")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record CertificateSpec(
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "The name that the certificate is issued for, such as shop.lab or *.shop.lab; at most 64 characters; immutable.")
        String domainName,

        @Size(max = 100) @JsonPropertyDescription("More names, each at most 253 characters; immutable.")
        List<@Size(min = 1, max = 253) String> subjectAlternativeNames,

        @Size(max = 13)
        @Pattern("^(RSA_2048|EC_prime256v1|EC_secp384r1)$")
        @JsonPropertyDescription("RSA_2048, EC_prime256v1 or EC_secp384r1; RSA_2048 when absent; immutable.")
        String keyAlgorithm,

        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "The Secret of this namespace to import from, instead of being issued: tls.crt is the certificate and, after it, its chain in order, tls.key its private key, ca.crt the end of the chain, if you have it. What changes in it is imported anew, and so is another Secret.")
        String importSecretName,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}
