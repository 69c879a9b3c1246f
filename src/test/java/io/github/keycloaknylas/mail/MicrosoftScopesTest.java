package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosoftScopesTest {

    private final ScopeRules scopes = new MicrosoftScopes();

    @ParameterizedTest(name = "granted {0}, required {1}: missing {2}")
    @CsvSource({
        "Mail.Read, Mail.Read, false",
        "mail.read, Mail.Read, false",
        "https://graph.microsoft.com/Mail.Read, Mail.Read, false",
        "HTTPS://Graph.Microsoft.com/mail.read, Mail.Read, false",
        "Mail.Read, https://graph.microsoft.com/Mail.Read, false",
        "Mail.ReadWrite, Mail.Read, false",
        "Mail.Read.Shared, Mail.Read, false",
        "Mail.ReadWrite.Shared, Mail.Read, false",
        "Mail.ReadWrite.Shared, Mail.ReadWrite, false",
        "Mail.ReadWrite.Shared, Mail.Read.Shared, false",
        "Calendars.ReadWrite, Calendars.Read, false",
        "Mail.Read, Mail.ReadWrite, true",
        "Mail.Read, Mail.Read.Shared, true",
        "Mail.Read, Calendars.Read, true",
        "Mail.ReadWrite, Calendars.Read, true",
        "Mail.Send, Mail.Read, true",
        "https://outlook.office.com/Mail.Read, Mail.Read, true",
        "'', Mail.Read, true",
        "Mail.Read, offline_access, false",
        "Mail.Read, openid, false"
    })
    void aScopeIsGrantedByItselfOrByAWiderOneHoweverItIsWritten(String granted, String required, boolean missing) {
        assertThat(scopes.missing(Set.of(granted), Set.of(required))).isEqualTo(missing ? Set.of(required) : Set.of());
    }

    @Test
    void everyMissingScopeIsNamed() {
        assertThat(scopes.missing(Set.of("Mail.Read"), Set.of("Mail.Read", "Mail.Send", "Calendars.Read")))
                .containsExactlyInAnyOrder("Mail.Send", "Calendars.Read");
    }

    @Test
    void whereNothingIsRequiredNothingIsMissing() {
        assertThat(scopes.missing(Set.of(), Set.of())).isEmpty();
    }
}
