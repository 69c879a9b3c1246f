package io.github.keycloaknylas.setup;

import static io.github.keycloaknylas.setup.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileProvider;

/** How the attribute that shows the grant id is declared in a realm's user profile. */
class GrantAttributeTest {

    private final UserProfileProvider profile = mock(UserProfileProvider.class);
    private final GrantAttribute attribute = id("nylas_grant_id");
    private final Findings findings = new Findings();
    private UPConfig stored = new UPConfig();

    @BeforeEach
    void prepare() {
        stored.setAttributes(new ArrayList<>());
        when(profile.getConfiguration()).thenAnswer(call -> stored.clone());
        doAnswer(call -> stored = call.getArgument(0)).when(profile).setConfiguration(any());
    }

    @Test
    void itIsDeclaredForAdministratorsAndTheUserToSeeAndForNobodyToEdit() {
        assertThat(attribute.setUp()).isEqualTo(step(SetupStep.Outcome.CREATED));
        UPAttribute declared = stored.getAttribute("nylas_grant_id");
        assertThat(declared.getPermissions()).isEqualTo(new UPAttributePermissions(Set.of("admin", "user"), Set.of()));
        assertThat(declared.getDisplayName()).isEqualTo("${nylas.attribute.grant}");
        assertThat(declared.isMultivalued()).isFalse();
        attribute.check(findings, "set up");
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void declaringItAgainWritesNothing() {
        declare(Set.of("admin"), Set.of());
        assertThat(attribute.setUp()).isEqualTo(step(SetupStep.Outcome.UNCHANGED));
        verify(profile, never()).setConfiguration(any());
    }

    @Test
    void editRightsAreTakenAwayAndNothingElseIsTouched() {
        declare(Set.of("admin", "user"), Set.of("admin"));
        stored.getAttribute("nylas_grant_id").setDisplayName("Mailbox");
        stored.addOrReplaceAttribute(new UPAttribute("phone"));
        attribute.check(findings, "set up");
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_EDITABLE);
        assertThat(attribute.setUp()).isEqualTo(step(SetupStep.Outcome.REPAIRED));
        assertThat(stored.getAttribute("nylas_grant_id").getPermissions().getEdit())
                .isEmpty();
        assertThat(stored.getAttribute("nylas_grant_id").getDisplayName()).isEqualTo("Mailbox");
        assertThat(stored.getAttribute("phone")).isNotNull();
    }

    @Test
    void oneThatNobodyMaySeeIsShown() {
        stored.addOrReplaceAttribute(new UPAttribute("nylas_grant_id"));
        attribute.check(findings, "set up");
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_HIDDEN);
        assertThat(attribute.setUp()).isEqualTo(step(SetupStep.Outcome.REPAIRED));
    }

    @Test
    void checkingAloneChangesNothing() {
        attribute.check(findings, "set up");
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_MISSING);
        verify(profile, never()).setConfiguration(any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "email", "firstName", "lastName", "locale"})
    void keycloaksOwnAttributesAreNeverTouched(String own) {
        stored.addOrReplaceAttribute(new UPAttribute(own, new UPAttributePermissions(Set.of("user"), Set.of("user"))));
        GrantAttribute misnamed = id(own);
        misnamed.setUp();
        misnamed.check(findings, "set up");
        verify(profile, never()).setConfiguration(any());
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_RESERVED);
    }

    @Test
    void aNameThatTheUserProfileRefusesIsToldAndNotTried() {
        GrantAttribute misnamed = id("grant id");
        misnamed.setUp();
        misnamed.check(findings, "set up");
        verify(profile, never()).setConfiguration(any());
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_NAME_INVALID);
    }

    @Test
    void theStatusAttributeBesideItIsDeclaredInTheSameWay() {
        GrantAttribute status = status();
        status.check(findings, "set up");
        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_MISSING);

        assertThat(status.setUp())
                .isEqualTo(new SetupStep("user_attribute", "nylas_grant_status", SetupStep.Outcome.CREATED));

        UPAttribute declared = stored.getAttribute("nylas_grant_status");
        assertThat(declared.getPermissions()).isEqualTo(new UPAttributePermissions(Set.of("admin", "user"), Set.of()));
        assertThat(declared.getDisplayName()).isEqualTo("${nylas.attribute.status}");
    }

    @Test
    void aStatusAttributeThatUsersMayEditIsReportedByItsName() {
        stored.addOrReplaceAttribute(
                new UPAttribute("nylas_grant_status", new UPAttributePermissions(Set.of("user"), Set.of("user"))));

        status().check(findings, "set up");

        assertThat(problems(findings)).containsExactly(FindingCode.ATTRIBUTE_EDITABLE);
        assertThat(findings.problems().get(0).problem()).contains("'nylas_grant_status'");
    }

    private GrantAttribute id(String name) {
        return GrantAttribute.of(profile, name).findFirst().orElseThrow();
    }

    private GrantAttribute status() {
        return GrantAttribute.of(profile, "nylas_grant_id").toList().get(1);
    }

    private void declare(Set<String> view, Set<String> edit) {
        stored.addOrReplaceAttribute(new UPAttribute("nylas_grant_id", new UPAttributePermissions(view, edit)));
    }

    private static SetupStep step(SetupStep.Outcome outcome) {
        return new SetupStep("user_attribute", "nylas_grant_id", outcome);
    }
}
