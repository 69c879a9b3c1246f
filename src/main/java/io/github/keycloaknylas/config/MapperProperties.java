package io.github.keycloaknylas.config;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.GROUP_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.ROLE_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The properties of the identity-provider mapper in the admin console. The constants are the JSON names; labels and
 * help texts are keys of the message bundles.
 */
public final class MapperProperties {

    /** Provider ID of the identity-provider mapper. */
    public static final String MAPPER_ID = "nylas-grant-idp-mapper";

    /** Name of the server-side connection to Nylas. */
    public static final String CONNECTION = "connection";
    /** The realm's own API URL; requires {@link #API_KEY}. */
    public static final String API_URL = "apiUrl";
    /** Vault reference of the realm's own API key; requires {@link #API_URL}. */
    public static final String API_KEY = "apiKey";
    /** Nylas credential to use in place of the connector's own. */
    public static final String CREDENTIAL_ID = "credentialId";
    /** Scopes without which a grant is of no use, separated by white space or commas. */
    public static final String REQUIRED_SCOPES = "requiredScopes";
    /** Role of those who get a grant. */
    public static final String ROLE = "role";
    /** Path of the group of those who get a grant. */
    public static final String GROUP = "group";
    /** Ids of the clients for whose logins grants are made. */
    public static final String CLIENTS = "clients";
    /** What happens to the grant of a user who is disabled or no longer has the role or group. */
    public static final String WHEN_INELIGIBLE = "whenIneligible";
    /** The number of grants from which on nobody else gets one. */
    public static final String MAXIMUM_GRANTS = "maximumGrants";
    /** Name of the user attribute that receives the grant ID. */
    public static final String ATTRIBUTE = "attribute";
    /** Age, in days, after which a working grant is handed over anew. */
    public static final String MAXIMUM_AGE_DAYS = "maximumAgeDays";
    /** Whether Keycloak's own copies of the refresh token are removed. */
    public static final String DISCARD = "discardAfterCapture";

    static final String DEFAULT_CONNECTION = "default";
    /** The user attribute that receives the grant ID unless a mapper names another. */
    public static final String DEFAULT_ATTRIBUTE = "nylas_grant_id";

    private MapperProperties() {}

    /**
     * Returns the form of the mapper, in the order in which the console shows it.
     *
     * @param defaultScopes scopes that the form proposes as required, separated by spaces
     */
    public static List<ProviderConfigProperty> form(String defaultScopes) {
        return List.of(
                property(CONNECTION, STRING_TYPE, DEFAULT_CONNECTION),
                property(REQUIRED_SCOPES, STRING_TYPE, defaultScopes),
                property(ROLE, ROLE_TYPE, null),
                property(GROUP, GROUP_TYPE, null),
                property(CLIENTS, MULTIVALUED_STRING_TYPE, null),
                choice(WHEN_INELIGIBLE, WhenIneligible.KEEP.json(), WhenIneligible.allJson()),
                property(MAXIMUM_GRANTS, STRING_TYPE, null),
                property(ATTRIBUTE, STRING_TYPE, DEFAULT_ATTRIBUTE),
                property(MAXIMUM_AGE_DAYS, STRING_TYPE, null),
                property(DISCARD, BOOLEAN_TYPE, Boolean.TRUE.toString()),
                property(CREDENTIAL_ID, STRING_TYPE, null),
                property(API_URL, STRING_TYPE, null),
                property(API_KEY, STRING_TYPE, null));
    }

    private static ProviderConfigProperty choice(String name, String defaultValue, List<String> options) {
        ProviderConfigProperty property = property(name, LIST_TYPE, defaultValue);
        property.setOptions(options);
        return property;
    }

    private static ProviderConfigProperty property(String name, String type, Object defaultValue) {
        return new ProviderConfigProperty(
                name, "nylas.mapper." + name + ".label", "nylas.mapper." + name + ".help", type, defaultValue);
    }
}
