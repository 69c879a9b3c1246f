package io.github.keycloaknylas.config;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.GROUP_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.ROLE_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * What the admin console shows of the identity-provider mapper. The constants are the JSON names; labels and help texts
 * are keys of the message bundles.
 */
public final class MapperProperties {

    /** Provider id of the identity-provider mapper. */
    public static final String MAPPER_ID = "nylas-grant-idp-mapper";

    public static final String CONNECTION = "connection";
    public static final String API_URL = "apiUrl";
    public static final String API_KEY = "apiKey";
    public static final String CREDENTIAL_ID = "credentialId";
    public static final String REQUIRED_SCOPES = "requiredScopes";
    public static final String ROLE = "role";
    public static final String GROUP = "group";
    public static final String CLIENTS = "clients";
    public static final String ATTRIBUTE = "attribute";
    public static final String MAXIMUM_AGE_DAYS = "maximumAgeDays";
    public static final String DISCARD = "discardAfterCapture";

    static final String DEFAULT_CONNECTION = "default";
    static final String DEFAULT_SCOPES = "Mail.Read Calendars.Read";
    /** The user attribute that receives the grant id unless a mapper names another. */
    public static final String DEFAULT_ATTRIBUTE = "nylas_grant_id";

    private MapperProperties() {}

    /** The form of the mapper, in the order in which the console shows it. */
    public static List<ProviderConfigProperty> form() {
        return List.of(
                property(CONNECTION, STRING_TYPE, DEFAULT_CONNECTION),
                property(REQUIRED_SCOPES, STRING_TYPE, DEFAULT_SCOPES),
                property(ROLE, ROLE_TYPE, null),
                property(GROUP, GROUP_TYPE, null),
                property(CLIENTS, MULTIVALUED_STRING_TYPE, null),
                property(ATTRIBUTE, STRING_TYPE, DEFAULT_ATTRIBUTE),
                property(MAXIMUM_AGE_DAYS, STRING_TYPE, null),
                property(DISCARD, BOOLEAN_TYPE, Boolean.TRUE.toString()),
                property(CREDENTIAL_ID, STRING_TYPE, null),
                property(API_URL, STRING_TYPE, null),
                property(API_KEY, STRING_TYPE, null));
    }

    private static ProviderConfigProperty property(String name, String type, Object defaultValue) {
        return new ProviderConfigProperty(
                name, "nylas.mapper." + name + ".label", "nylas.mapper." + name + ".help", type, defaultValue);
    }
}
