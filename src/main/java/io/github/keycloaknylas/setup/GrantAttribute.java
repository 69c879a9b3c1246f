package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.StatusAttribute;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * A user attribute that shows the grant ID or its status, declared in the realm's user profile: visible to
 * administrators and to the user, editable by neither. Undeclared it is invisible, and in a realm with unmanaged
 * attributes users could write it.
 */
final class GrantAttribute {

    static final String STEP = "user_attribute";

    private static final String UNMANAGED =
            " The realm allows unmanaged attributes, so users can write it in their account.";
    private static final String GRANT = "${nylas.attribute.grant}";
    private static final String STATUS = "${nylas.attribute.status}";
    private static final Set<String> VIEWERS = Set.of("admin", "user");
    /** Built-in attributes that must stay user-editable; using one for the grant ID would lock users out. */
    private static final Set<String> RESERVED =
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME, UserModel.LOCALE);
    /** Names that Keycloak accepts for a declared attribute (UPConfigUtils), limited to the length of its column. */
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9._-]{1,255}");

    private final UserProfileProvider profile;
    private final String name;
    private final String displayName;

    private GrantAttribute(UserProfileProvider profile, String name, String displayName) {
        this.profile = profile;
        this.name = name;
        this.displayName = displayName;
    }

    /**
     * Returns the two attributes of a mapper.
     *
     * @param name name of the attribute that shows the grant ID
     */
    static Stream<GrantAttribute> of(UserProfileProvider profile, String name) {
        return Stream.of(
                new GrantAttribute(profile, name, GRANT),
                new GrantAttribute(profile, StatusAttribute.of(name), STATUS));
    }

    SetupStep setUp() {
        return switch (state()) {
            case MISSING -> declare(new UPAttribute(name), SetupStep.Outcome.CREATED);
            case HIDDEN, EDITABLE -> declare(profile.getConfiguration().getAttribute(name), SetupStep.Outcome.REPAIRED);
            default -> new SetupStep(STEP, name, SetupStep.Outcome.UNCHANGED);
        };
    }

    /** @param setUp how to set the realm up */
    void check(Findings findings, String setUp) {
        String quoted = "The user attribute '" + name + "'";
        switch (state()) {
            case MISSING ->
                findings.problem(
                        FindingCode.ATTRIBUTE_MISSING,
                        null,
                        quoted + " is not declared in the realm's user profile, so it is not visible."
                                + (areUnmanagedWritable() ? UNMANAGED : ""),
                        setUp);
            case HIDDEN ->
                findings.problem(
                        FindingCode.ATTRIBUTE_HIDDEN,
                        null,
                        quoted + " is declared in the realm's user profile, but without permission to view it.",
                        setUp);
            case EDITABLE ->
                findings.problem(
                        FindingCode.ATTRIBUTE_EDITABLE,
                        null,
                        quoted + " can be edited, so its value cannot be trusted.",
                        setUp);
            case RESERVED ->
                findings.problem(
                        FindingCode.ATTRIBUTE_RESERVED,
                        null,
                        quoted + " is one of Keycloak's own, and a mapper would write grant ids into it.",
                        "Name another attribute in the mapper 'Nylas grant' of the provider ('User attribute').");
            case INVALID ->
                findings.problem(
                        FindingCode.ATTRIBUTE_NAME_INVALID,
                        null,
                        quoted + " has a name that Keycloak's user profile does not take.",
                        "Name another attribute in the mapper 'Nylas grant' of the provider ('User attribute'): letters,"
                                + " digits and . _ - only, 255 at most.");
            case DECLARED -> {}
        }
    }

    private boolean areUnmanagedWritable() {
        return profile.getConfiguration().getUnmanagedAttributePolicy() == UnmanagedAttributePolicy.ENABLED;
    }

    private State state() {
        if (RESERVED.contains(name)) {
            return State.RESERVED;
        }
        if (!VALID.matcher(name).matches()) {
            return State.INVALID;
        }
        UPAttribute declared = profile.getConfiguration().getAttribute(name);
        if (declared == null) {
            return State.MISSING;
        }
        UPAttributePermissions permissions = declared.getPermissions();
        if (permissions == null || permissions.isEmpty()) {
            return State.HIDDEN;
        }
        return permissions.getEdit().isEmpty() ? State.DECLARED : State.EDITABLE;
    }

    private SetupStep declare(UPAttribute attribute, SetupStep.Outcome outcome) {
        if (attribute.getDisplayName() == null) {
            attribute.setDisplayName(displayName);
        }
        attribute.setPermissions(new UPAttributePermissions(VIEWERS, Set.of()));
        UPConfig config = profile.getConfiguration();
        config.addOrReplaceAttribute(attribute);
        profile.setConfiguration(config);
        return new SetupStep(STEP, name, outcome);
    }

    private enum State {
        MISSING,
        HIDDEN,
        EDITABLE,
        DECLARED,
        RESERVED,
        INVALID
    }
}
