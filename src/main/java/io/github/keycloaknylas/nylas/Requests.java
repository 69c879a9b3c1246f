package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;

/** The requests about grants, connectors and applications, as specified in Nylas' API reference. */
final class Requests {

    /**
     * Without a charset, since Nylas has refused {@code application/json; charset=utf-8} (nylas-python, changelog
     * of 6.16.0).
     */
    private static final String JSON = "application/json";

    private Requests() {}

    static HttpRequestBase connect(ApiKey key, GrantRequest request, NylasProvider provider) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("provider", provider.name());
        if (request.state() != null) {
            body.put("state", request.state());
        }
        ObjectNode settings = body.putObject("settings").put("refresh_token", request.refreshToken());
        if (request.credentialId() != null) {
            settings.put("credential_id", request.credentialId());
        }
        return post(key, "/v3/connect/custom", body);
    }

    static HttpRequestBase deleteGrant(ApiKey key, String grantId) {
        return signed(new HttpDelete(uri(key, "/v3/grants/" + grantId)), key);
    }

    static HttpRequestBase grant(ApiKey key, String grantId) {
        return signed(new HttpGet(uri(key, "/v3/grants/" + grantId)), key);
    }

    /** The oldest first: a grant that is made while the pages are read is added at the end, and shifts none. */
    static HttpRequestBase grants(ApiKey key, int offset, int limit) {
        String query = "?limit=" + limit + "&offset=" + offset + "&sort_by=created_at&order_by=asc";
        return signed(new HttpGet(uri(key, "/v3/grants" + query)), key);
    }

    static HttpRequestBase connector(ApiKey key, NylasProvider provider) {
        return signed(new HttpGet(uri(key, "/v3/connectors/" + provider.name())), key);
    }

    static HttpRequestBase application(ApiKey key) {
        return signed(new HttpGet(uri(key, "/v3/applications")), key);
    }

    static HttpRequestBase post(ApiKey key, String path, ObjectNode body) {
        ByteArrayEntity entity = new ByteArrayEntity(body.toString().getBytes(StandardCharsets.UTF_8));
        entity.setContentType(JSON);
        HttpPost post = new HttpPost(uri(key, path));
        post.setEntity(entity);
        return signed(post, key);
    }

    static URI uri(ApiKey key, String path) {
        return URI.create(key.apiUrl() + path);
    }

    static HttpRequestBase signed(HttpRequestBase request, ApiKey key) {
        request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key.value());
        request.setHeader(HttpHeaders.ACCEPT, JSON);
        request.setHeader(HttpHeaders.USER_AGENT, "keycloak-nylas");
        return request;
    }
}
