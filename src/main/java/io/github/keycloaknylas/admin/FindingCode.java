package io.github.keycloaknylas.admin;

import java.util.Locale;

/**
 * Codes of everything that can be wrong with a realm. Scripts and monitoring depend on them, so they never change. A
 * mail provider adds codes of its own.
 */
enum FindingCode {
    MAPPER_MISSING,
    MAPPER_DUPLICATE,
    MAPPER_SETTING,
    ROLE_MISSING,
    GROUP_MISSING,
    PROVIDER_DISABLED,
    STORE_TOKENS_OFF,
    MAIL_SCOPES_MISSING,
    SEAL_KEY_MISSING,
    CONNECTION_UNUSABLE,
    API_URL_REFUSED,
    API_KEY_UNUSABLE,
    API_KEY_REFUSED,
    NYLAS_REFUSED,
    NYLAS_UNREACHABLE,
    APPLICATION_OTHER,
    APPLICATION_SANDBOX,
    REGION_OTHER,
    CONNECTOR_MISSING,
    CONNECTOR_CLIENT_OTHER,
    CONNECTOR_CLIENT_UNKNOWN,
    CONNECTOR_SCOPES_WIDER,
    CONNECTOR_SCOPES_NARROWER,
    CONNECTOR_SCOPES_UNKNOWN,
    CREDENTIAL_UNCHECKED,
    ATTRIBUTE_MISSING,
    ATTRIBUTE_HIDDEN,
    ATTRIBUTE_EDITABLE,
    ATTRIBUTE_RESERVED,
    ATTRIBUTE_NAME_INVALID,
    CLIENT_SCOPE_MISSING,
    CLIENT_SCOPE_OTHER_PROTOCOL,
    CLAIMS_MAPPER_MISSING;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
