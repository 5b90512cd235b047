"""Routes of the client register and of registering for the first time."""

from django.urls import path

from openics.channels.interactive.pages import applications, client_changes, client_merging, clients, registration

client_routes = [
    path("register/", registration.begin, name="register"),
    path("register/status/", registration.status, name="register_status"),
    path("register/<slug:step>/", registration.step, name="register_step"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/<str:reference>/", applications.application_page, name="application"),
    path("applications/<str:reference>/approve/", applications.approve, name="application_approve"),
    path("applications/<str:reference>/refuse/", applications.refuse_it, name="application_refuse"),
    path("clients/", clients.client_list, name="clients"),
    path("clients/own/", clients.own, name="own_client"),
    path("clients/entries/<str:kind>/", clients.entry_list, name="client_entries"),
    path("clients/<str:client>/", clients.client_page, name="client"),
    path("clients/<str:client>/history/", clients.client_history, name="client_history"),
    path("clients/<str:client>/amend/", client_changes.amend, name="client_amend"),
    path("clients/<str:client>/confirm/", client_changes.confirm, name="client_confirm"),
    path("clients/<str:client>/standing/", client_changes.standing, name="client_standing"),
    path("clients/<str:client>/merge/", client_merging.merge, name="client_merge"),
    path("clients/<str:client>/entries/add/<str:kind>/", client_changes.entry_add, name="client_entry_add"),
    path("clients/<str:client>/entries/<int:place>/", client_changes.entry_change, name="client_entry"),
]
