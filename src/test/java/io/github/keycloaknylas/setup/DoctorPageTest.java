package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.docs.MarkdownTable;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.mail.SetUpRemark;
import io.github.keycloaknylas.nylas.NylasConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

/** The table in {@code docs/doctor.md} has each code, with the reason that the response gives. */
class DoctorPageTest {

    private static final Path PAGE = Path.of("docs", "doctor.md");

    @Test
    void thePageHasEveryCodeWithItsReasonAndNoOther() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        Stream.of(FindingCode.values()).forEach(code -> reasons.put(code.json(), code.why()));
        ofMicrosoft().forEach(remark -> reasons.put(remark.code(), remark.why()));

        assertThat(rows().stream()
                        .collect(Collectors.toMap(
                                row -> String.join("", MarkdownTable.code(row.get(0))), row -> row.get(2))))
                .isEqualTo(reasons);
    }

    @Test
    void everyRowSaysWhatIsWrongAndWhatToDo() throws IOException {
        assertThat(rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row).hasSize(4);
            assertThat(row.get(1)).endsWith(".");
            assertThat(row.get(3)).isNotBlank();
        });
    }

    private static List<List<String>> rows() throws IOException {
        return MarkdownTable.below(PAGE, "## The codes");
    }

    /** Everything that Microsoft remarks on a set-up. */
    private static Stream<SetUpRemark> ofMicrosoft() {
        Microsoft microsoft = new Microsoft();
        IdentityProviderModel provider = Samples.social();
        provider.getConfig().put("defaultScope", "openid");
        provider.getConfig().put("tenantId", "contoso.example");
        return Stream.of(
                        microsoft.checkBroker(provider),
                        microsoft.checkConnector(provider, connector("common")),
                        microsoft.checkConnector(provider, connector("another.example")))
                .flatMap(List::stream);
    }

    private static NylasConnector connector(String tenant) {
        return new NylasConnector(Samples.CLIENT, tenant, Set.of());
    }
}
