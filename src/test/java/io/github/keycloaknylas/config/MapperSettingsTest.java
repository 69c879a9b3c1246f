package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;

class MapperSettingsTest {

    private static MapperSettings settings(Map<String, String> config) {
        return MapperSettings.of(mapper("id", MapperProperties.MAPPER_ID, config));
    }

    private static MapperSettings setting(String name, String value) {
        return settings(Map.of(name, value));
    }

    private static IdentityProviderMapperModel mapper(String id, String type, Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setId(id);
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(config);
        return mapper;
    }

    @Test
    void aMapperWithNoSettingsWorksForEverybodyOverTheServersConnection() {
        for (MapperSettings settings : new MapperSettings[] {settings(Map.of()), settings(null)}) {
            assertThat(settings.connection()).isEqualTo("default");
            assertThat(settings.requiredScopes("Mail.Read Calendars.Read"))
                    .isEqualTo(Set.of("Mail.Read", "Calendars.Read"));
            assertThat(settings.attribute()).isEqualTo("nylas_grant_id");
            assertThat(settings.discard()).isTrue();
            assertThat(settings.maximumAge()).isEmpty();
            assertThat(settings.credentialId()).isEmpty();
            assertThat(settings.ownApiUrl()).isEmpty();
            assertThat(settings.ownApiKey()).isEmpty();
            assertThat(settings.audience()).isEqualTo(new Audience(Optional.empty(), Optional.empty(), Set.of()));
            assertThat(settings.whenIneligible()).isEqualTo(WhenIneligible.KEEP);
            assertThat(settings.maximumGrants()).isEmpty();
            assertThat(settings.problems()).isEmpty();
        }
    }

    @Test
    void blanksCountAsNothing() {
        MapperSettings settings = settings(Map.of(
                "connection",
                " ",
                "attribute",
                "",
                "apiUrl",
                " ",
                "apiKey",
                "",
                "credentialId",
                " ",
                "role",
                "",
                "group",
                " ",
                "clients",
                " ",
                "maximumAgeDays",
                " ",
                "discardAfterCapture",
                ""));

        assertThat(settings.connection()).isEqualTo("default");
        assertThat(settings.attribute()).isEqualTo("nylas_grant_id");
        assertThat(settings.discard()).isTrue();
        assertThat(settings.audience().clients()).isEmpty();
        assertThat(settings.audience().role()).isEmpty();
        assertThat(settings.problems()).isEmpty();
        assertThat(setting("maximumGrants", " ").problems()).isEmpty();
        assertThat(setting("whenIneligible", " ").problems()).isEmpty();
    }

    @Test
    void scopesAreSeparatedByAnyBlanksOrCommasAndMayBeNone() {
        assertThat(setting("requiredScopes", " Mail.Send,\n Mail.Read\tUser.Read ")
                        .requiredScopes("Mail.Read"))
                .isEqualTo(Set.of("Mail.Send", "Mail.Read", "User.Read"));
        assertThat(setting("requiredScopes", " ").requiredScopes("Mail.Read")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,P1D", "30,P30D", "' 30 ',P30D", "99999,P99999D"})
    void aMaximumAgeIsAWholeNumberOfDays(String days, Period age) {
        assertThat(setting("maximumAgeDays", days).maximumAge()).contains(Duration.ofDays(age.getDays()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "a month", "100000", "007", "99999999999999999999"})
    void aMaximumAgeThatIsNoneIsIgnoredAndComplainedOf(String days) {
        assertThat(setting("maximumAgeDays", days).maximumAge()).isEmpty();
        assertThat(setting("maximumAgeDays", days).problems())
                .singleElement()
                .asString()
                .contains("maximum age");
    }

    @ParameterizedTest
    @CsvSource({"keep,KEEP", "delete,DELETE", "' delete ',DELETE"})
    void theGrantsOfWhoeverIsNoLongerEligibleAreKeptOrDeleted(String value, WhenIneligible choice) {
        assertThat(setting("whenIneligible", value).whenIneligible()).isEqualTo(choice);
        assertThat(setting("whenIneligible", value).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "true", "remove"})
    void aChoiceThatIsNoneKeepsGrantsAndIsComplainedOf(String value) {
        assertThat(setting("whenIneligible", value).whenIneligible()).isEqualTo(WhenIneligible.KEEP);
        assertThat(setting("whenIneligible", value).problems())
                .singleElement()
                .asString()
                .contains("When no longer eligible");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "' 500 ',500", "999999999,999999999"})
    void aMaximumNumberOfGrantsIsAWholeNumber(String value, int number) {
        assertThat(setting("maximumGrants", value).maximumGrants()).contains(number);
        assertThat(setting("maximumGrants", value).maximumGrantsProblem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "many", "007", "1000000000", "99999999999999999999"})
    void aMaximumNumberThatIsNoneIsNoLimitAndComplainedOf(String value) {
        assertThat(setting("maximumGrants", value).maximumGrants()).isEmpty();
        assertThat(setting("maximumGrants", value).maximumGrantsProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("maximum number of grants"));
        assertThat(setting("maximumGrants", value).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "false,false", "False,false", "nonsense,false"})
    void copiesAreDiscardedUnlessSwitchedOff(String value, boolean discard) {
        assertThat(setting("discardAfterCapture", value).discard()).isEqualTo(discard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "Email", "username", "id", "firstName", "LASTNAME", "emailVerified", "locale"})
    void keycloaksOwnAttributesAreNeverOverwritten(String attribute) {
        assertThat(setting("attribute", attribute).attribute()).isEqualTo("nylas_grant_id");
        assertThat(setting("attribute", attribute).problems()).hasSize(1);
    }

    @Test
    void anAttributeThatNoColumnTakesIsNotUsed() {
        assertThat(setting("attribute", "a".repeat(252) + "_id").attribute()).isEqualTo("nylas_grant_id");
        assertThat(setting("attribute", "a".repeat(248) + "_id").attribute()).hasSize(251);
    }

    @Test
    void anAttributeWhoseStatusAttributeNoColumnTakesIsNotUsed() {
        assertThat(setting("attribute", "a".repeat(248)).attribute()).hasSize(248);
        assertThat(setting("attribute", "a".repeat(249)).attribute()).isEqualTo("nylas_grant_id");
        assertThat(setting("attribute", "a".repeat(249) + "_id").attribute()).isEqualTo("nylas_grant_id");
    }

    @Test
    void anAttributeThatMayBeTheStatusAttributeOfAnotherMapperIsNotUsed() {
        assertThat(setting("attribute", "nylas_grant_status").attribute()).isEqualTo("nylas_grant_id");
        assertThat(setting("attribute", "nylas_grant_status").problems())
                .singleElement()
                .asString()
                .contains("_status");
    }

    @Test
    void clientsAreAListAsTheConsoleKeepsIt() {
        assertThat(setting("clients", "mail-app## calendar ##").audience().clients())
                .isEqualTo(Set.of("mail-app", "calendar"));
    }

    @Test
    void ofTwoMappersTheOneThatKeycloakCallsFirstCounts() {
        KeycloakSession session = mock(KeycloakSession.class);
        IdentityProviderStorageProvider providers = mock(IdentityProviderStorageProvider.class);
        when(session.identityProviders()).thenReturn(providers);
        when(providers.getMappersByAliasStream("microsoft"))
                .thenAnswer(call -> Stream.of(
                        mapper("b", MapperProperties.MAPPER_ID, Map.of("connection", "second")),
                        mapper("0", "another mapper", Map.of("connection", "foreign")),
                        mapper("a", MapperProperties.MAPPER_ID, Map.of("connection", "first"))));

        assertThat(MapperSettings.find(session, "microsoft").orElseThrow().connection())
                .isEqualTo("first");
        when(providers.getMappersByAliasStream("other")).thenAnswer(call -> Stream.empty());
        assertThat(MapperSettings.find(session, "other")).isEmpty();
    }

    @Test
    void complaintsNeverRepeatAKey() {
        assertThat(settings(Map.of("apiKey", "nyk_secret", "apiUrl", "https://nylas.example.com"))
                        .problems())
                .singleElement()
                .asString()
                .contains("vault reference")
                .doesNotContain("nyk_secret");
    }
}
