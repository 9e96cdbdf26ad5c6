-- The login of api and worker. It may take on the run-time role, whose rights the migrations grant, and owns nothing.
create role sallyport_runtime nologin;
create role sallyport_app login password 'app-example' in role sallyport_runtime;
