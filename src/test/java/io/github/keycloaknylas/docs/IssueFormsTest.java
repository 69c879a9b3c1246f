package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms for issues ask for what a diagnosis needs, and warn of secrets. */
class IssueFormsTest {

    private static final Path TEMPLATES = Path.of(".github/ISSUE_TEMPLATE");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\.\\./blob/HEAD/([^)#]+)");

    @Test
    void theBugFormAsksForWhatADiagnosisNeeds() throws IOException {
        assertThat(required("bug.yml"))
                .containsExactly("keycloak-version", "extension", "database", "provider", "happened", "steps", "log");
        assertThat(text("bug.yml")).contains("`version` and `sha256`", "kcadm.sh get serverinfo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug.yml", "feature.yml"})
    void aFormBeginsWithTheWarningNotToPasteSecretsAndItsFieldsHaveIdsOfTheirOwn(String form) throws IOException {
        List<Map<?, ?>> body = body(form);

        assertThat(body.get(0).get("type")).isEqualTo("markdown");
        assertThat(body.get(0).toString()).contains("Do not paste tokens, API keys, seal keys");
        assertThat(body.stream().skip(1).map(field -> field.get("id")))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(body.stream().skip(1))
                .allSatisfy(field -> assertThat(attributes(field).get("label")).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug.yml", "feature.yml"})
    void thePagesThatAFormLinksAreThere(String form) throws IOException {
        assertThat(LINK.matcher(text(form)).results().map(link -> Path.of(link.group(1))))
                .isNotEmpty()
                .allMatch(Files::isRegularFile);
    }

    @Test
    void whoHasFoundAVulnerabilityIsSentToThePolicyAndNoIssueIsOpenedWithoutAForm() throws IOException {
        Map<?, ?> chooser = YamlFile.read(TEMPLATES.resolve("config.yml"));

        assertThat(chooser.get("blank_issues_enabled")).isEqualTo(false);
        assertThat((Collection<?>) chooser.get("contact_links"))
                .singleElement()
                .satisfies(link -> assertThat(((Map<?, ?>) link).get("about").toString())
                        .contains("Do not open an issue", "SECURITY.md"));
        assertThat(Path.of("SECURITY.md")).isRegularFile();
    }

    private static List<Object> required(String form) throws IOException {
        return body(form).stream()
                .filter(field -> Objects.equals(Map.of("required", true), field.get("validations")))
                .<Object>map(field -> field.get("id"))
                .toList();
    }

    private static List<Map<?, ?>> body(String form) throws IOException {
        Collection<?> body =
                (Collection<?>) YamlFile.read(TEMPLATES.resolve(form)).get("body");
        return body.stream().<Map<?, ?>>map(field -> (Map<?, ?>) field).toList();
    }

    private static Map<?, ?> attributes(Map<?, ?> field) {
        return (Map<?, ?>) field.get("attributes");
    }

    private static String text(String form) throws IOException {
        return Files.readString(TEMPLATES.resolve(form));
    }
}
