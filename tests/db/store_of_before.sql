-- A small project's store as the bot kept it before the house was tidied (migration 0009), written by pg_dump.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


CREATE FUNCTION public.mentorbot_put_back_job(job_id bigint, held_by bigint, retry_at timestamp with time zone, new_priority integer, new_lock text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE
    _name text;
    _job procrastinate_jobs;
BEGIN
    SELECT queueing_lock INTO _name FROM procrastinate_jobs WHERE id = job_id;
    IF _name IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('job ' || _name));
    END IF;
    SELECT * INTO _job FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing' AND (worker_id IS NULL OR worker_id = held_by)
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE procrastinate_jobs
    SET scheduled_at = retry_at,
        attempts = greatest(attempts, _job.attempts + 1),
        priority = greatest(priority, coalesce(new_priority, _job.priority))
    WHERE queueing_lock = _name AND status = 'todo';
    IF FOUND THEN
        DELETE FROM procrastinate_jobs WHERE id = job_id;
    ELSE
        PERFORM procrastinate_retry_job_v2(job_id, retry_at, new_priority, NULL, new_lock);
    END IF;
    RETURN true;
END;
$$;


CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000');


CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


CREATE TABLE public.acts (
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    id text NOT NULL,
    fresh_at timestamp with time zone NOT NULL,
    value jsonb NOT NULL
);


CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


CREATE TABLE public.answers (
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    person_id bigint NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL
);


CREATE TABLE public.bookmarks (
    name text NOT NULL,
    value jsonb NOT NULL
);


CREATE TABLE public.configs (
    repository_id bigint NOT NULL,
    sources jsonb NOT NULL,
    last_good jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    stale boolean DEFAULT false NOT NULL
);


CREATE TABLE public.consequences (
    decision uuid NOT NULL,
    effect_id bigint NOT NULL,
    round integer NOT NULL,
    added boolean NOT NULL
);


CREATE TABLE public.decisions (
    delivery text NOT NULL,
    part text NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.deliveries (
    id text NOT NULL,
    event text NOT NULL,
    action text DEFAULT ''::text NOT NULL,
    installation_id bigint,
    repository_id bigint,
    number integer,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    payload bytea,
    received_at timestamp with time zone NOT NULL,
    state text DEFAULT 'received'::text NOT NULL,
    reason text,
    settled_at timestamp with time zone,
    failing_since timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL
);
ALTER TABLE ONLY public.deliveries ALTER COLUMN payload SET STORAGE EXTERNAL;


CREATE TABLE public.effects (
    id bigint NOT NULL,
    fingerprint bytea NOT NULL,
    key text,
    feature text NOT NULL,
    kind text NOT NULL,
    installation_id bigint NOT NULL,
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    action jsonb NOT NULL,
    occasion text,
    recheck jsonb,
    because text NOT NULL,
    delivery text,
    priority smallint DEFAULT '0'::smallint NOT NULL,
    state text DEFAULT 'due'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    result jsonb,
    why text,
    created_at timestamp with time zone NOT NULL,
    tried_at timestamp with time zone,
    done_at timestamp with time zone,
    paced boolean DEFAULT false NOT NULL,
    doubtful boolean DEFAULT false NOT NULL,
    failures smallint DEFAULT '0'::smallint NOT NULL,
    failing_since timestamp with time zone,
    drops jsonb DEFAULT '[]'::jsonb NOT NULL,
    people bigint[] DEFAULT '{}'::bigint[] NOT NULL
);


CREATE SEQUENCE public.effects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.effects_id_seq OWNED BY public.effects.id;


CREATE TABLE public.forgotten (
    id_hmac bytea NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.installations (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    account_login text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    as_of timestamp with time zone NOT NULL
);


CREATE TABLE public.journal (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    feature text NOT NULL,
    acted boolean NOT NULL,
    because text NOT NULL,
    repository_id bigint NOT NULL,
    number integer,
    person_id bigint,
    delivery text,
    place text,
    refused boolean DEFAULT false NOT NULL,
    decision uuid,
    people bigint[] DEFAULT '{}'::bigint[] NOT NULL
);


CREATE SEQUENCE public.journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.journal_id_seq OWNED BY public.journal.id;


CREATE TABLE public.mentions (
    person_id bigint NOT NULL,
    effect_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.people (
    id bigint NOT NULL,
    login text NOT NULL,
    is_bot boolean NOT NULL,
    as_of timestamp with time zone NOT NULL,
    former text[] DEFAULT '{}'::text[] NOT NULL
);


CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000');


CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.records (
    feature text NOT NULL,
    repository_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    value jsonb NOT NULL,
    version integer NOT NULL,
    people bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    person_id bigint
);


CREATE TABLE public.repositories (
    id bigint NOT NULL,
    installation_id bigint NOT NULL,
    full_name text NOT NULL,
    owner_id bigint NOT NULL,
    owner_login text NOT NULL,
    private boolean NOT NULL,
    archived boolean NOT NULL,
    default_branch text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    as_of timestamp with time zone NOT NULL,
    seeding text DEFAULT 'waiting'::text NOT NULL,
    cursor jsonb,
    pages integer DEFAULT 0 NOT NULL,
    seeded_at timestamp with time zone
);


CREATE TABLE public.requests (
    delivery text NOT NULL,
    part text NOT NULL,
    person_id bigint NOT NULL,
    installation_id bigint NOT NULL,
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    in_words boolean NOT NULL
);


CREATE TABLE public.restores (
    at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL
);


CREATE TABLE public.reviews (
    repository_id bigint NOT NULL,
    person_id bigint NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.rounds (
    repository_id bigint NOT NULL,
    round text NOT NULL,
    due_at timestamp with time zone NOT NULL
);


CREATE TABLE public.schemas (
    name text NOT NULL,
    version text NOT NULL
);


CREATE TABLE public.secrets (
    name text NOT NULL,
    value bytea NOT NULL
);


CREATE TABLE public.sessions (
    digest bytea NOT NULL,
    ends_at timestamp with time zone NOT NULL
);


CREATE TABLE public.standings (
    repository_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insider_at timestamp with time zone,
    contributor_at timestamp with time zone,
    asked_at timestamp with time zone
);


CREATE TABLE public.threads (
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    is_pull_request boolean NOT NULL,
    author_id bigint,
    title text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    merged_at timestamp with time zone,
    as_of timestamp with time zone NOT NULL
);


CREATE TABLE public.timelines (
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    opening jsonb NOT NULL,
    head_sha text NOT NULL,
    as_of timestamp with time zone NOT NULL
);


CREATE TABLE public.unread (
    repository_id bigint NOT NULL,
    what text NOT NULL,
    why text NOT NULL,
    since timestamp with time zone NOT NULL
);


ALTER TABLE ONLY public.effects ALTER COLUMN id SET DEFAULT nextval('public.effects_id_seq'::regclass);


ALTER TABLE ONLY public.journal ALTER COLUMN id SET DEFAULT nextval('public.journal_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


INSERT INTO public.acts VALUES
	(40001, 2, 'merged', '2026-02-09 08:00:02+00', '{"at": "2026-02-09T08:00:02+00:00", "by": {"id": 1004, "login": "olga", "is_bot": false}, "id": "merged", "sha": "c3a7bc8fcab095a84cee6a27f3b843a65c68dd8e", "kind": "merged"}'),
	(40001, 4, 'merged', '2026-02-09 08:00:02+00', '{"at": "2026-02-09T08:00:02+00:00", "by": {"id": 1004, "login": "olga", "is_bot": false}, "id": "merged", "sha": "22f79c280b8f500f2dc32e5f79e32f36738af25e", "kind": "merged"}'),
	(40001, 2, 'checks-6091fcf2dfa4e3024b0b79151f908712eb134ece-Mentorbot, suite 9000001', '2026-02-09 08:00:05+00', '{"at": "2026-02-09T08:00:05+00:00", "id": "checks-6091fcf2dfa4e3024b0b79151f908712eb134ece-Mentorbot, suite 9000001", "sha": "6091fcf2dfa4e3024b0b79151f908712eb134ece", "body": "Mentorbot, suite 9000001", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 2, 'checks-6091fcf2dfa4e3024b0b79151f908712eb134ece-review exchange', '2026-02-09 08:00:05+00', '{"at": "2026-02-09T08:00:05+00:00", "id": "checks-6091fcf2dfa4e3024b0b79151f908712eb134ece-review exchange", "sha": "6091fcf2dfa4e3024b0b79151f908712eb134ece", "url": "http://127.0.0.1:45319/octo/tea/runs/9300001", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 2, 'labeled-waiting: reviewers-20260209T080005Z', '2026-02-09 08:00:05+00', '{"at": "2026-02-09T08:00:05+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T080005Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 4, 'checks-fb68d81ed75653fa0a84e01a54efcb0771d2239c-Mentorbot, suite 9000002', '2026-02-09 08:00:06+00', '{"at": "2026-02-09T08:00:06+00:00", "id": "checks-fb68d81ed75653fa0a84e01a54efcb0771d2239c-Mentorbot, suite 9000002", "sha": "fb68d81ed75653fa0a84e01a54efcb0771d2239c", "body": "Mentorbot, suite 9000002", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 4, 'labeled-waiting: reviewers-20260209T080006Z', '2026-02-09 08:00:06+00', '{"at": "2026-02-09T08:00:06+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T080006Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 4, 'checks-fb68d81ed75653fa0a84e01a54efcb0771d2239c-review exchange', '2026-02-09 08:00:06+00', '{"at": "2026-02-09T08:00:06+00:00", "id": "checks-fb68d81ed75653fa0a84e01a54efcb0771d2239c-review exchange", "sha": "fb68d81ed75653fa0a84e01a54efcb0771d2239c", "url": "http://127.0.0.1:45319/octo/tea/runs/9300002", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 6, 'checks-809ff5ade510049e4d89628a5f134265251903bc-review exchange', '2026-02-09 08:00:11+00', '{"at": "2026-02-09T08:00:11+00:00", "id": "checks-809ff5ade510049e4d89628a5f134265251903bc-review exchange", "sha": "809ff5ade510049e4d89628a5f134265251903bc", "url": "http://127.0.0.1:45319/octo/tea/runs/9300003", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 7, 'checks-eb13d0e3ab30ec7384bb69e261a52527e002e29c-review exchange', '2026-02-09 08:00:11+00', '{"at": "2026-02-09T08:00:11+00:00", "id": "checks-eb13d0e3ab30ec7384bb69e261a52527e002e29c-review exchange", "sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "url": "http://127.0.0.1:45319/octo/tea/runs/9300004", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 6, 'checks-809ff5ade510049e4d89628a5f134265251903bc-Mentorbot, suite 9000003', '2026-02-09 08:00:11+00', '{"at": "2026-02-09T08:00:11+00:00", "id": "checks-809ff5ade510049e4d89628a5f134265251903bc-Mentorbot, suite 9000003", "sha": "809ff5ade510049e4d89628a5f134265251903bc", "body": "Mentorbot, suite 9000003", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 7, 'checks-eb13d0e3ab30ec7384bb69e261a52527e002e29c-Mentorbot, suite 9000004', '2026-02-09 08:00:11+00', '{"at": "2026-02-09T08:00:11+00:00", "id": "checks-eb13d0e3ab30ec7384bb69e261a52527e002e29c-Mentorbot, suite 9000004", "sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "body": "Mentorbot, suite 9000004", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 8, 'labeled-waiting: reviewers-20260209T080012Z', '2026-02-09 08:00:12+00', '{"at": "2026-02-09T08:00:12+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T080012Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 6, 'labeled-waiting: reviewers-20260209T080012Z', '2026-02-09 08:00:12+00', '{"at": "2026-02-09T08:00:12+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T080012Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 8, 'comment-4000009', '2026-02-09 08:00:13+00', '{"at": "2026-02-09T08:00:13+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000009", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000009", "body": "Hi @ada, good to see you again, and thank you for your first pull request in **tea**.\n\n- **What happens next:** the maintainers will look at it. If that takes long, it says nothing about your work.\n- **Until then** nothing is needed from you. If you want to change something, add it to your branch `patch-8`: it shows up here by itself.\n- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that says hello.\n- **A mentor:** would you like one? Write `/mentor me` in a comment, on a line of its own.\n\n<!-- mentorbot:welcome%2F40001%2Fperson%201006%2Fpull%20request -->", "kind": "commented", "node": "IC_kwDO003d0909", "edited_at": "2026-02-09T08:00:13+00:00", "association": "NONE"}'),
	(40001, 7, 'labeled-waiting: reviewers-20260209T080012Z', '2026-02-09 08:00:12+00', '{"at": "2026-02-09T08:00:12+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T080012Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 6, 'review-5000001', '2026-02-09 09:00:15+00', '{"at": "2026-02-09T09:00:15+00:00", "by": {"id": 1006, "login": "ada", "is_bot": false}, "id": "review-5000001", "sha": "809ff5ade510049e4d89628a5f134265251903bc", "url": "http://127.0.0.1:45319/octo/tea/pull/6#pullrequestreview-5000001", "body": "I tried number one with an empty kettle and with a full one; the empty one still switches on, so a check of the water would be good before the heating starts.", "kind": "reviewed", "node": "PRR_kwDO004c4b41", "verdict": "commented", "association": "NONE"}'),
	(40001, 6, 'labeled-waiting: author-20260209T090016Z', '2026-02-09 09:00:16+00', '{"at": "2026-02-09T09:00:16+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: author-20260209T090016Z", "kind": "labeled", "label": "waiting: author"}'),
	(40001, 8, 'labeled-exchange: review wanted-20260209T090020Z', '2026-02-09 09:00:20+00', '{"at": "2026-02-09T09:00:20+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-exchange: review wanted-20260209T090020Z", "kind": "labeled", "label": "exchange: review wanted"}'),
	(40001, 8, 'comment-4000011', '2026-02-09 09:00:18+00', '{"at": "2026-02-09T09:00:18+00:00", "by": {"id": 1004, "login": "olga", "is_bot": false}, "id": "comment-4000011", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000011", "body": "/credits give @ada 2 for the docs", "kind": "commented", "node": "IC_kwDO003d090b", "edited_at": "2026-02-09T09:00:18+00:00", "association": "MEMBER"}'),
	(40001, 7, 'review-5000002', '2026-02-09 09:00:15+00', '{"at": "2026-02-09T09:00:15+00:00", "by": {"id": 1006, "login": "ada", "is_bot": false}, "id": "review-5000002", "sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "url": "http://127.0.0.1:45319/octo/tea/pull/7#pullrequestreview-5000002", "kind": "reviewed", "node": "PRR_kwDO004c4b42", "verdict": "commented", "association": "NONE"}'),
	(40001, 7, 'line-6000001', '2026-02-09 09:00:15+00', '{"at": "2026-02-09T09:00:15+00:00", "by": {"id": 1006, "login": "ada", "is_bot": false}, "id": "line-6000001", "sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "url": "http://127.0.0.1:45319/octo/tea/pull/7#discussion_r6000001", "body": "Why not a cup for two?", "kind": "line commented", "node": "PRRC_kwDO005b8d81", "path": "README.md", "thread": "line-6000001", "edited_at": "2026-02-09T09:00:15+00:00", "association": "NONE"}'),
	(40001, 6, 'unlabeled-waiting: reviewers-20260209T090015Z', '2026-02-09 09:00:15+00', '{"at": "2026-02-09T09:00:15+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-waiting: reviewers-20260209T090015Z", "kind": "unlabeled", "label": "waiting: reviewers"}'),
	(40001, 7, 'unlabeled-waiting: reviewers-20260209T090016Z', '2026-02-09 09:00:16+00', '{"at": "2026-02-09T09:00:16+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-waiting: reviewers-20260209T090016Z", "kind": "unlabeled", "label": "waiting: reviewers"}'),
	(40001, 7, 'labeled-waiting: author-20260209T090016Z', '2026-02-09 09:00:16+00', '{"at": "2026-02-09T09:00:16+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: author-20260209T090016Z", "kind": "labeled", "label": "waiting: author"}'),
	(40001, 6, 'comment-4000010', '2026-02-09 09:00:17+00', '{"at": "2026-02-09T09:00:17+00:00", "by": {"id": 1007, "login": "grace", "is_bot": false}, "id": "comment-4000010", "url": "http://127.0.0.1:45319/octo/tea/pull/6#issuecomment-4000010", "body": "/thanks @ada", "kind": "commented", "node": "IC_kwDO003d090a", "edited_at": "2026-02-09T09:00:17+00:00", "association": "COLLABORATOR"}'),
	(40001, 8, 'labeled-exchange: earned-20260209T090018Z', '2026-02-09 09:00:18+00', '{"at": "2026-02-09T09:00:18+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-exchange: earned-20260209T090018Z", "kind": "labeled", "label": "exchange: earned"}'),
	(40001, 8, 'comment-4000013', '2026-02-09 09:00:19+00', '{"at": "2026-02-09T09:00:19+00:00", "by": {"id": 1006, "login": "ada", "is_bot": false}, "id": "comment-4000013", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000013", "body": "/exchange", "kind": "commented", "node": "IC_kwDO003d090d", "edited_at": "2026-02-09T09:00:19+00:00", "association": "NONE"}'),
	(40001, 8, 'comment-4000014', '2026-02-09 09:00:20+00', '{"at": "2026-02-09T09:00:20+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000014", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000014", "body": "Your first review here is on us. It is number 1 of 1 in the queue (waiting since today; its author gave 1 review lately; its author is new here). I ask somebody as soon as somebody can be asked. If nobody comes within 21 days, the credit comes back to you, with a little interest.\n\n<!-- mentorbot:answers%2F40001%2Fanswer%20issue_comment%204000013%2C%2076c81510-3bcc-5cd0-adee-d3fcc22ea088 -->", "kind": "commented", "node": "IC_kwDO003d090e", "edited_at": "2026-02-09T09:00:20+00:00", "association": "NONE"}'),
	(40001, 8, 'comment-4000015', '2026-02-09 10:00:22+00', '{"at": "2026-02-09T10:00:22+00:00", "by": {"id": 1006, "login": "ada", "is_bot": false}, "id": "comment-4000015", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000015", "body": "/credits", "kind": "commented", "node": "IC_kwDO003d090f", "edited_at": "2026-02-09T10:00:22+00:00", "association": "NONE"}'),
	(40001, 8, 'labeled-exchange: in review-20260209T100023Z', '2026-02-09 10:00:23+00', '{"at": "2026-02-09T10:00:23+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-exchange: in review-20260209T100023Z", "kind": "labeled", "label": "exchange: in review"}'),
	(40001, 9, 'checks-22167576033d2a5de1e3f4aa908d8ca1d66601b0-Mentorbot, suite 9000006', '2026-02-09 10:00:24+00', '{"at": "2026-02-09T10:00:24+00:00", "id": "checks-22167576033d2a5de1e3f4aa908d8ca1d66601b0-Mentorbot, suite 9000006", "sha": "22167576033d2a5de1e3f4aa908d8ca1d66601b0", "body": "Mentorbot, suite 9000006", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 9, 'labeled-waiting: reviewers-20260209T100025Z', '2026-02-09 10:00:25+00', '{"at": "2026-02-09T10:00:25+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260209T100025Z", "kind": "labeled", "label": "waiting: reviewers"}'),
	(40001, 8, 'unlabeled-waiting: reviewers-20260209T100025Z', '2026-02-09 10:00:25+00', '{"at": "2026-02-09T10:00:25+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-waiting: reviewers-20260209T100025Z", "kind": "unlabeled", "label": "waiting: reviewers"}'),
	(40001, 9, 'comment-4000018', '2026-02-09 10:00:25+00', '{"at": "2026-02-09T10:00:25+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000018", "url": "http://127.0.0.1:45319/octo/tea/pull/9#issuecomment-4000018", "body": "Hi @bob, thank you for your first pull request in **tea**. It is good to have you here.\n\n- **What happens next:** the maintainers will look at it. If that takes long, it says nothing about your work.\n- **Until then** nothing is needed from you. If you want to change something, add it to your branch `patch-9`: it shows up here by itself.\n- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that says hello.\n- **A mentor:** would you like one? Write `/mentor me` in a comment, on a line of its own.\n\n<!-- mentorbot:welcome%2F40001%2Fperson%201009%2Fpull%20request -->", "kind": "commented", "node": "IC_kwDO003d0912", "edited_at": "2026-02-09T10:00:25+00:00", "association": "NONE"}'),
	(40001, 8, 'labeled-waiting: author-20260209T100025Z', '2026-02-09 10:00:25+00', '{"at": "2026-02-09T10:00:25+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: author-20260209T100025Z", "kind": "labeled", "label": "waiting: author"}'),
	(40001, 10, 'review-requested-1008-20260209T100029Z', '2026-02-09 10:00:29+00', '{"at": "2026-02-09T10:00:29+00:00", "by": {"id": 1009, "login": "bob", "is_bot": false}, "id": "review-requested-1008-20260209T100029Z", "kind": "review requested", "subject": {"id": 1008, "login": "hedy", "is_bot": false}}'),
	(40001, 10, 'checks-c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412-review exchange', '2026-02-09 10:00:30+00', '{"at": "2026-02-09T10:00:30+00:00", "id": "checks-c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412-review exchange", "sha": "c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412", "url": "http://127.0.0.1:45319/octo/tea/runs/9300009", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 8, 'checks-7869a8af679f54c5a8920355df9a9f71949c72e2-review exchange', '2026-02-16 10:00:40+00', '{"at": "2026-02-16T10:00:40+00:00", "id": "checks-7869a8af679f54c5a8920355df9a9f71949c72e2-review exchange", "sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "url": "http://127.0.0.1:45319/octo/tea/runs/9300010", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 8, 'comment-4000012', '2026-02-09 09:00:19+00', '{"at": "2026-02-09T09:00:19+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000012", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000012", "body": "@ada got 2 credits and has 3 credits now.\n\n<!-- mentorbot:answers%2F40001%2Fanswer%20issue_comment%204000011%2C%205c675468-2ac6-5b8a-b4a7-f905008d583f -->", "kind": "commented", "node": "IC_kwDO003d090c", "edited_at": "2026-02-09T09:00:19+00:00", "association": "NONE"}'),
	(40001, 8, 'comment-4000016', '2026-02-09 10:00:22+00', '{"at": "2026-02-09T10:00:22+00:00", "by": {"id": 1007, "login": "grace", "is_bot": false}, "id": "comment-4000016", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000016", "body": "I will have a look at it tomorrow.", "kind": "commented", "node": "IC_kwDO003d0910", "edited_at": "2026-02-09T10:00:22+00:00", "association": "COLLABORATOR"}'),
	(40001, 10, 'unlabeled-waiting: author-20260209T100031Z', '2026-02-09 10:00:31+00', '{"at": "2026-02-09T10:00:31+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-waiting: author-20260209T100031Z", "kind": "unlabeled", "label": "waiting: author"}'),
	(40001, 8, 'unlabeled-exchange: earned-20260209T090020Z', '2026-02-09 09:00:20+00', '{"at": "2026-02-09T09:00:20+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-exchange: earned-20260209T090020Z", "kind": "unlabeled", "label": "exchange: earned"}'),
	(40001, 8, 'comment-4000017', '2026-02-09 10:00:22+00', '{"at": "2026-02-09T10:00:22+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000017", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000017", "body": "You have 3 credits. One more review that helped would earn the next.\n\nWaiting to be confirmed: #7. They count when their authors say so (👍 or `/thanks`), or after 7 days.\n\n<details><summary>Where it comes from</summary>\n\n- 9 February 2026: −1, spent in #8 (\\/exchange)\n- 9 February 2026: +1, gifted in #8 (a newcomer''s first pull request)\n- 9 February 2026: +2, gifted in #8 (for the docs, by olga)\n- 9 February 2026: +1, earned in #6 (\\/thanks, by grace)\n\n</details>\n\n<!-- mentorbot:answers%2F40001%2Fanswer%20issue_comment%204000015%2C%20cf6869e4-1650-54ce-b7ca-d89fad1d401f -->", "kind": "commented", "node": "IC_kwDO003d0911", "edited_at": "2026-02-09T10:00:22+00:00", "association": "NONE"}'),
	(40001, 8, 'unlabeled-exchange: review wanted-20260209T100023Z', '2026-02-09 10:00:23+00', '{"at": "2026-02-09T10:00:23+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-exchange: review wanted-20260209T100023Z", "kind": "unlabeled", "label": "exchange: review wanted"}'),
	(40001, 8, 'review-5000003', '2026-02-09 10:00:24+00', '{"at": "2026-02-09T10:00:24+00:00", "by": {"id": 1007, "login": "grace", "is_bot": false}, "id": "review-5000003", "sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "url": "http://127.0.0.1:45319/octo/tea/pull/8#pullrequestreview-5000003", "body": "Could you add a test for cold water, @ada?", "kind": "reviewed", "node": "PRR_kwDO004c4b43", "verdict": "changes requested", "association": "COLLABORATOR"}'),
	(40001, 9, 'checks-22167576033d2a5de1e3f4aa908d8ca1d66601b0-review exchange', '2026-02-09 10:00:24+00', '{"at": "2026-02-09T10:00:24+00:00", "id": "checks-22167576033d2a5de1e3f4aa908d8ca1d66601b0-review exchange", "sha": "22167576033d2a5de1e3f4aa908d8ca1d66601b0", "url": "http://127.0.0.1:45319/octo/tea/runs/9300008", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 8, 'unlabeled-exchange: in review-20260209T100024Z', '2026-02-09 10:00:24+00', '{"at": "2026-02-09T10:00:24+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "unlabeled-exchange: in review-20260209T100024Z", "kind": "unlabeled", "label": "exchange: in review"}'),
	(40001, 9, 'merged', '2026-02-09 10:00:26+00', '{"at": "2026-02-09T10:00:26+00:00", "by": {"id": 1004, "login": "olga", "is_bot": false}, "id": "merged", "sha": "bc8a08be26414be7918c13a10270a848262552e8", "kind": "merged"}'),
	(40001, 9, 'comment-4000019', '2026-02-09 10:00:27+00', '{"at": "2026-02-09T10:00:27+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000019", "url": "http://127.0.0.1:45319/octo/tea/pull/9#issuecomment-4000019", "body": "@bob, your first pull request in **tea** is merged: your work is part of the project now. Thank you for it.\n\nIf you feel like going on: somebody else may be glad of your eyes. [Warm the cup](http://127.0.0.1:45319/octo/tea/pull/6) would suit you: try it out, and write what you found.\n\n<!-- mentorbot:first_merge%2F40001%2Fperson%201009%2Fmerged%201 -->", "kind": "commented", "node": "IC_kwDO003d0913", "edited_at": "2026-02-09T10:00:27+00:00", "association": "NONE"}'),
	(40001, 10, 'comment-4000025', '2026-02-09 10:00:30+00', '{"at": "2026-02-09T10:00:30+00:00", "by": {"id": 1009, "login": "bob", "is_bot": false}, "id": "comment-4000025", "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000025", "body": "/ready", "kind": "commented", "node": "IC_kwDO003d0919", "edited_at": "2026-02-09T10:00:30+00:00", "association": "CONTRIBUTOR"}'),
	(40001, 10, 'checks-c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412-Mentorbot, suite 9000007', '2026-02-09 10:00:30+00', '{"at": "2026-02-09T10:00:30+00:00", "id": "checks-c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412-Mentorbot, suite 9000007", "sha": "c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412", "body": "Mentorbot, suite 9000007", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 10, 'labeled-waiting: author-20260209T100030Z', '2026-02-09 10:00:30+00', '{"at": "2026-02-09T10:00:30+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: author-20260209T100030Z", "kind": "labeled", "label": "waiting: author"}'),
	(40001, 10, 'comment-4000024', '2026-02-09 10:00:30+00', '{"at": "2026-02-09T10:00:30+00:00", "by": {"id": 1009, "login": "bob", "is_bot": false}, "id": "comment-4000024", "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000024", "body": "/blocked the kettle", "kind": "commented", "node": "IC_kwDO003d0918", "edited_at": "2026-02-09T10:00:30+00:00", "association": "CONTRIBUTOR"}'),
	(40001, 8, 'checks-7869a8af679f54c5a8920355df9a9f71949c72e2-Mentorbot, suite 9000005', '2026-02-16 10:00:40+00', '{"at": "2026-02-16T10:00:40+00:00", "id": "checks-7869a8af679f54c5a8920355df9a9f71949c72e2-Mentorbot, suite 9000005", "sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "body": "Mentorbot, suite 9000005", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 8, 'labeled-exchange: earned-20260216T100041Z', '2026-02-16 10:00:41+00', '{"at": "2026-02-16T10:00:41+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-exchange: earned-20260216T100041Z", "kind": "labeled", "label": "exchange: earned"}'),
	(40001, 7, 'comment-4000030', '2026-02-23 10:00:53+00', '{"at": "2026-02-23T10:00:53+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000030", "url": "http://127.0.0.1:45319/octo/tea/pull/7#issuecomment-4000030", "body": "Hi @hedy, a small reminder, in case this slipped by: as far as I can see, this pull request has been waiting for you since 9 February. The author hasn''t answered ada yet.\n\nThis is what I go by:\n\n- ada wrote on 9 February 2026: “Why not a cup for two?” ([there](http://127.0.0.1:45319/octo/tea/pull/7#discussion_r6000001))\n\nPushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n- `/ready` if it is done already, or isn''t your turn at all: I believe you.\n- `/snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n- `/blocked` and a few words if something else has to happen first.\n\nThere is no deadline: nothing gets closed by me.\n\n<!-- mentorbot:stalled%2F40001%2Fpull%20request%207%2Fauthor%20since%202026-02-09%2Frung%201 -->", "kind": "commented", "node": "IC_kwDO003d091e", "edited_at": "2026-02-23T10:00:53+00:00", "association": "NONE"}'),
	(40001, 8, 'comment-4000031', '2026-02-23 10:00:53+00', '{"at": "2026-02-23T10:00:53+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "comment-4000031", "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000031", "body": "Hi @ada, a small reminder, in case this slipped by: as far as I can see, this pull request has been waiting for you since 9 February. The author hasn''t answered grace yet.\n\nThis is what I go by:\n\n- grace asked for changes on 9 February 2026: “Could you add a test for cold water, @​ada?” ([there](http://127.0.0.1:45319/octo/tea/pull/8#pullrequestreview-5000003))\n\nPushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n- `/ready` if it is done already, or isn''t your turn at all: I believe you.\n- `/snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n- `/blocked` and a few words if something else has to happen first.\n\nThere is no deadline: nothing gets closed by me.\n\n<!-- mentorbot:stalled%2F40001%2Fpull%20request%208%2Fauthor%20since%202026-02-09%2Frung%201 -->", "kind": "commented", "node": "IC_kwDO003d091f", "edited_at": "2026-02-23T10:00:53+00:00", "association": "NONE"}'),
	(40001, 13, 'checks-212cfc9ac2221859c4a8fe3747acc74e39abe2be-review exchange', '2026-03-01 10:00:59+00', '{"at": "2026-03-01T10:00:59+00:00", "id": "checks-212cfc9ac2221859c4a8fe3747acc74e39abe2be-review exchange", "sha": "212cfc9ac2221859c4a8fe3747acc74e39abe2be", "url": "http://127.0.0.1:45319/octo/tea/runs/9300011", "body": "review exchange", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 13, 'checks-212cfc9ac2221859c4a8fe3747acc74e39abe2be-Mentorbot, suite 9000008', '2026-03-01 10:00:59+00', '{"at": "2026-03-01T10:00:59+00:00", "id": "checks-212cfc9ac2221859c4a8fe3747acc74e39abe2be-Mentorbot, suite 9000008", "sha": "212cfc9ac2221859c4a8fe3747acc74e39abe2be", "body": "Mentorbot, suite 9000008", "kind": "checks concluded", "outcome": "success"}'),
	(40001, 13, 'labeled-waiting: reviewers-20260301T100059Z', '2026-03-01 10:00:59+00', '{"at": "2026-03-01T10:00:59+00:00", "by": {"id": 1002, "login": "mentorbot[bot]", "is_bot": true}, "id": "labeled-waiting: reviewers-20260301T100059Z", "kind": "labeled", "label": "waiting: reviewers"}');


INSERT INTO public.alembic_version VALUES
	('0009');


INSERT INTO public.answers VALUES
	(40001, 5, 1007, '2026-02-09 08:00:08+00', '2026-02-09 08:00:08+00'),
	(40001, 5, 1008, '2026-02-09 08:00:09+00', '2026-02-09 08:00:09+00'),
	(40001, 6, 1006, '2026-02-09 09:00:15+00', '2026-02-09 09:00:15+00'),
	(40001, 7, 1006, '2026-02-09 09:00:15+00', '2026-02-09 09:00:15+00'),
	(40001, 8, 1004, '2026-02-09 09:00:18+00', '2026-02-09 09:00:18+00'),
	(40001, 8, 1007, '2026-02-09 10:00:22+00', '2026-02-09 10:00:24+00'),
	(40001, 5, 1009, '2026-02-09 10:00:27+00', '2026-02-09 10:00:27+00'),
	(40001, 5, 1004, '2026-02-09 10:00:28+00', '2026-02-09 10:00:28+00'),
	(40001, 11, 1004, '2026-02-09 10:00:30+00', '2026-02-09 10:00:30+00');


INSERT INTO public.bookmarks VALUES
	('version', '{"schema": "0009", "version": "0.1.0"}');


INSERT INTO public.configs VALUES
	(40001, '[{"path": ".github/mentorbot.yml", "text": "welcome:\n  pull_request: default\n  issue: default\nfirst_merge:\n  message: default\nconfig_check:\nstalled:\n  author: {after: 14 days, again: 14 days}\n  reviewers: {after: 7 business days, again: 7 business days}\n  labels: {author: \"waiting: author\", reviewers: \"waiting: reviewers\"}\nreview_exchange:\n  give: 1\n  get: 1\n  silence: 7 days\n  chequelist: off\n  labels:\n    ready: \"exchange: earned\"\n    wanted: \"exchange: review wanted\"\n    in_review: \"exchange: in review\"\nmentoring:\n  mentors:\n    - {login: grace, areas: [kettles], capacity: 1}\n    - {login: hedy, areas: [kettles]}\n  areas:\n    kettles: {paths: [\"kettle/*\"], labels: [kettle]}\n  maintainers: [olga]\n", "origin": "repository", "full_name": "octo/tea"}, {"path": ".github/mentorbot.yml", "text": null, "origin": "owner", "full_name": "octo/.github"}]', '{"repository": {"stalled": {"author": {"after": "14 days", "again": "14 days"}, "labels": {"author": "waiting: author", "reviewers": "waiting: reviewers"}, "reviewers": {"after": "7 business days", "again": "7 business days"}}, "welcome": {"issue": "default", "pull_request": "default"}, "mentoring": {"areas": {"kettles": {"paths": ["kettle/*"], "labels": ["kettle"]}}, "mentors": [{"areas": ["kettles"], "login": "grace", "capacity": 1}, {"areas": ["kettles"], "login": "hedy"}], "maintainers": ["olga"]}, "first_merge": {"message": "default"}, "config_check": null, "review_exchange": {"get": 1, "give": 1, "labels": {"ready": "exchange: earned", "wanted": "exchange: review wanted", "in_review": "exchange: in review"}, "silence": "7 days", "checklist": "off"}}}', 2, '2026-03-01 10:00:58.872255+00', false);


INSERT INTO public.consequences VALUES
	('3abf005e-5045-4c8e-b213-c890061d8537', 1, 0, true),
	('ba87f5cf-9f52-4fdf-adf1-c076900ccf71', 2, 0, true),
	('9593ec1f-acb3-4785-8ad8-ed880bc82e24', 3, 0, true),
	('610a66b2-19f9-4d51-83a9-e7628857d123', 4, 0, true),
	('98c14727-b8b8-474a-8884-43685e92c673', 5, 0, true),
	('b9738e1e-565f-469f-85de-14f47f688812', 6, 0, true),
	('b9738e1e-565f-469f-85de-14f47f688812', 7, 0, true),
	('fe6bbcb1-5c44-41af-8992-5fc9466a23fc', 8, 0, true),
	('fe6bbcb1-5c44-41af-8992-5fc9466a23fc', 9, 0, true),
	('a7179cf6-717c-4abc-a99b-04246a374783', 10, 0, true),
	('a7179cf6-717c-4abc-a99b-04246a374783', 11, 0, true),
	('848d82f5-bbb4-4524-a6a1-3b25047b906a', 12, 0, true),
	('848d82f5-bbb4-4524-a6a1-3b25047b906a', 13, 0, true),
	('3449b977-97a1-4a1d-97b0-fcebff5f0ada', 14, 0, true),
	('b2e411ce-eb89-4c85-a4a0-3d22904e4fb1', 15, 0, true),
	('48ae082c-eba9-4bc8-8950-fb8528606b42', 16, 0, true),
	('30be7de7-8b20-42ec-9e62-59293822e43c', 17, 0, true),
	('816a0fde-53e7-436a-b692-76a803ed4bb0', 18, 0, true),
	('0dc4f302-b460-49de-bbfa-ef94bd0157a0', 19, 0, true),
	('a8add15a-68aa-4691-a139-4c8eb697328e', 20, 0, true),
	('0e73f403-d194-40a8-bbfe-8b0d34ed5d66', 15, 0, false),
	('7e3b6dd5-5c1c-4223-85e6-5960d54c0878', 17, 0, false),
	('da8481f3-dd43-4dfe-b579-dc9a8600375d', 19, 0, false),
	('3052791a-3b96-46c5-8072-550dbacde38a', 19, 0, false),
	('4482c085-74bc-4622-996b-75be13235da3', 15, 0, false),
	('bc77e896-4d4f-4396-b787-7ac544c680a2', 17, 0, false),
	('86a26316-4460-4a49-a08a-727f3920d02e', 27, 0, true),
	('86a26316-4460-4a49-a08a-727f3920d02e', 28, 0, true),
	('62f221ff-8c0f-430f-b28e-b604177e1d41', 28, 0, false),
	('c2ef57e2-8a22-482f-a301-930c38961183', 30, 0, true),
	('c2ef57e2-8a22-482f-a301-930c38961183', 31, 0, true),
	('88494ed4-e582-4832-beeb-26a5365eddd7', 30, 0, false),
	('061448ef-2585-456f-8e52-cb689d734eed', 33, 0, true),
	('061448ef-2585-456f-8e52-cb689d734eed', 34, 0, true),
	('061448ef-2585-456f-8e52-cb689d734eed', 35, 0, true),
	('4e55be1b-04df-4906-8f9e-842a4793255e', 36, 0, true),
	('4e55be1b-04df-4906-8f9e-842a4793255e', 37, 0, true),
	('4e55be1b-04df-4906-8f9e-842a4793255e', 38, 0, true),
	('66d7696f-28a5-4a78-9c69-d2107a8120d7', 39, 0, true),
	('66d7696f-28a5-4a78-9c69-d2107a8120d7', 40, 0, true),
	('66d7696f-28a5-4a78-9c69-d2107a8120d7', 41, 0, true),
	('66d7696f-28a5-4a78-9c69-d2107a8120d7', 42, 0, true),
	('98c7a63a-b37f-469d-9378-a137911848a6', 43, 0, true),
	('98c7a63a-b37f-469d-9378-a137911848a6', 44, 0, true),
	('6773fb2d-55ca-4090-9219-a9ef8e49abe4', 45, 0, true),
	('6773fb2d-55ca-4090-9219-a9ef8e49abe4', 46, 0, true),
	('260495a4-ff21-45d1-ac96-fdbb8b9c6d3e', 47, 0, true),
	('f0bad2dd-2ba5-4cc3-bfa4-ff44418c8e4d', 48, 0, true),
	('e2f57669-8da3-48f4-98e8-e1ef9827772c', 49, 0, true),
	('4b0ea2df-1de1-440a-a9e2-7570ab759b68', 50, 0, true),
	('4b0ea2df-1de1-440a-a9e2-7570ab759b68', 51, 0, true),
	('26ce4452-fcc4-45de-abcd-ee9ece85db52', 52, 0, true),
	('4125aba8-bf0f-4ce8-a37d-fbc6fe6e3d7c', 49, 0, false),
	('50e48eea-1065-4f5b-b607-c71348cfd2da', 49, 0, false),
	('e4baf8ec-a4f9-428b-9537-34c81848c0ed', 50, 0, false),
	('e4baf8ec-a4f9-428b-9537-34c81848c0ed', 51, 0, false),
	('25ac6989-01aa-4421-8539-5655dad55be8', 51, 0, false),
	('88b42cae-c940-4b20-a6b1-3102b13bfef2', 58, 0, true),
	('14c46b0f-4e3f-4c6c-a72f-851a323dd025', 59, 0, true),
	('14c46b0f-4e3f-4c6c-a72f-851a323dd025', 60, 0, true),
	('2c78e14d-99d2-4147-93b8-2ed6484feb00', 61, 0, true),
	('2c78e14d-99d2-4147-93b8-2ed6484feb00', 62, 0, true),
	('18c2fd03-457a-4aa6-8eff-02a63a4a6e9d', 63, 0, true),
	('8b974d05-762a-4536-9290-aabd31572152', 64, 0, true),
	('a715ff4c-8469-490f-8621-749b0e97c3c4', 64, 0, false),
	('008ee088-a33b-4358-95cf-8084008decca', 64, 0, false),
	('a9602223-5cec-408e-b96c-6abd633ae910', 64, 0, false),
	('1f57a2ae-d1ba-4731-b4d6-23c386ef98e9', 69, 0, true),
	('1f57a2ae-d1ba-4731-b4d6-23c386ef98e9', 70, 0, true),
	('e62e687c-a5fc-4c02-ba0d-4c270b6b4b61', 71, 0, true),
	('e62e687c-a5fc-4c02-ba0d-4c270b6b4b61', 72, 0, true),
	('3ba253ff-03ae-438a-901d-ad0ae8a68103', 69, 0, false),
	('48ef9790-ef9e-4e09-83e1-76210615f448', 69, 0, false),
	('48ef9790-ef9e-4e09-83e1-76210615f448', 75, 0, true),
	('838fb43d-d282-4c83-a6c9-5eb06e6056c4', 76, 0, true),
	('78f1b2cb-b365-499f-ac3e-116a1cca7185', 77, 0, true),
	('78f1b2cb-b365-499f-ac3e-116a1cca7185', 78, 0, true),
	('2d5bf2e5-34b7-4add-b8f4-a9f9cb89f430', 79, 0, true),
	('aaf5bc47-856b-47d3-a78e-d4fc87875fbc', 80, 0, true),
	('d7e7d1a5-07b7-4b99-9ead-80cfbc6e7cef', 81, 0, true),
	('561134b9-5152-4d8c-85ef-956cdc32b714', 82, 0, true),
	('2c3a9d75-9da5-4ae6-9471-1ca37427fa0e', 83, 0, true),
	('c8694e15-9c43-42a4-8703-1ff0a8ba3871', 84, 0, true),
	('a450c9ec-e0f7-48b5-8dd9-4b1b47a9b179', 85, 0, true),
	('3db7adf8-f00c-47ca-af9d-602aca0184d3', 86, 0, true),
	('d32534ea-0f33-4aa2-b36c-dc2e69769249', 86, 0, false),
	('cec28b34-d365-44ab-882b-4322b4d85d0f', 86, 0, false);


INSERT INTO public.decisions VALUES
	('cd3eebb8-f316-5763-90a8-f90cbf6d9ba5', '0 config_check 3', '2026-03-01 10:00:58.91176+00'),
	('cd3eebb8-f316-5763-90a8-f90cbf6d9ba5', '0 config_check 5', '2026-03-01 10:00:58.91176+00'),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', '0 config_check 0', '2026-03-01 10:00:59.465373+00'),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', '0 config_check 7', '2026-03-01 10:00:59.465373+00'),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', '0 review_exchange 8', '2026-03-01 10:00:59.465373+00'),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', '0 stalled 0', '2026-03-01 10:00:59.465373+00'),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', '0 welcome 1', '2026-03-01 10:00:59.465373+00'),
	('2e0c8122-6f08-5f4f-acca-1d5f0cb29ada', '0 mentoring 25', '2026-03-01 10:00:59.983003+00'),
	('2e0c8122-6f08-5f4f-acca-1d5f0cb29ada', '0 stalled 19', '2026-03-01 10:00:59.983003+00'),
	('3d4433ba-2be9-5f9f-be0d-bffd7beda943', '0 mentoring 25', '2026-03-01 10:01:00.118831+00'),
	('3d4433ba-2be9-5f9f-be0d-bffd7beda943', '0 stalled 19', '2026-03-01 10:01:00.118831+00');


INSERT INTO public.deliveries VALUES
	('3d4433ba-2be9-5f9f-be0d-bffd7beda943', 'check_suite', 'completed', 70001, 40001, 13, '{"X-GitHub-Event": "check_suite", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "3d4433ba-2be9-5f9f-be0d-bffd7beda943", "X-GitHub-Hook-Installation-Target-ID": "4242"}', '\x7801ad5a5d6feb3612fd2b855e9b449662c7915fb6ed16bdd88722c0f6620becc5854149b4c58dbe2a52491321ff7dcf90942c2bbeb6e9dcb6282c8a67341c7266ce0cd3792c51a22abd959754459d73c553efca4b329e3cae652b14f7569d27526f15cde89ffb2bafac52bea611ef9f7fac1f9f7f7dc068b498cfef81cb384bd771c3ca24c3fb9aa924bb0e6efb173263180d8330d924114bc2300cee17513267f71b7ebb9c2f59922ce7fc3662310f630e94544cb572aa5b5526792b8dd2256f55c372cc6d9b1c1333a5ea95ef07e1f266867f83d57c711b447ec3eb4afa55a22a5f71e6ebe55debe549df2e0c2262bea91a2cb86cf3fcca631bc51b377d6b00d70dffabe55241ed2f9d93568496be361799f77630785bc4a449706b0c4c3bd2f00d541b19d8d9b664927e6fe7f854e0644258ab64056ce5c19ededb1b8cc7a43e2b46b38289923650ef78b4b88b529ec4b3689e2cd9e2ee36bcbf0b1671bc09a3d9e28ecd5998a6f16c1601f07db57afb8a6daceb6199e13c844e79bb85de052f55d5c495a2a50c47fa677ba2618f5914e255f55c92ed3b2fafb658d2cadb0a95b531ded01e05da6e3bf8c3009fdd725a0f7b628a35eba387d3ccc1ce431820dbc682b48f61e028b895bc91fea054a68afcf8d786a99b2acfab67a08fcf1f7fc01f3050cbfc16e5d6190f4ce7572ae3300cd47fa3450b788c83203dbfc3baa5422c220988154dc3530719160155688fdf3a1d25b4a8369649236a0a8c2e4ac9310e2a55cd9695e295b9ca014e02ae8396c37af47ce0f8138eb68bde06d0f975239e58f242266878c2c513cce92c6c82842cf55253a078185903a312b965cdd2829c6ac372c911436c48f97de49a291fb6a20fccfc6f04e6929d38e7f07be98f9dfcb46bbc83240d6748886ba6a07f380befae67e1f52cfa3cbb5fcd66f8efbf58475ba727e7d4bc2984a49485acd0d9944b790df287744bcfcf0d655ce4dfaa54b489bb298023ab8ca6149cb2c26846c115832a9462add8493a1aa49bb4aaa5e999b0bcd966a42c9bfa9b96c2f7980620e0910a6bd004b22ade5a95aebc1c099b52b05169f8213351d383c8910eab92d635f6083c8e159c3c228d3e09fe7c7874a4c45884c5ac553618406690a01d4320dabfe0c1720a1c4bce0a3c3f57cde30681704d4bfe0a531cd8f4dbeb59f039a01d5f2da26f6cfabb39398e05a293b121844b68ddc2702b64dad1e0d1e8ae353fce5b2c99a10f60359a80d116097cc8103717c2a51a6eb95dcc79b0d8849b25bf4bd2bb65ca18385b12a55194ce41d2eee79c2fa339a344587029d9965cfce71ffe6a05573f24192b31001b0bbc54ac400ab6fef3ce4cac5559a533acf57ee4bf84b01c1c82281dd2e2f2473df893ce453725485a9dbfdcf0bf2138e73758ae47fba657ad395bd74792cb64119d199d196b474b9276c9fedf43b20787a5cc3d6244488fc405ed484f3c3147c75862d53ae61de0173417f32cbb588cc9c91ebba0b8e1c82e16805cc22eac4aa703a89d38b084739297b6cd8080864ebc6284fe08abd0623ec429b484efc7288cb88ff2092dc5954d68903efed88cf3d3bf867d1f266135d86320d0e57c1e71de49a55210620f300c94818f83873a046848634d9281381d3ff993b0def5207cb7604a33d10db13006ceb02d393f41e626e20654e7f7f43aceabd84d08ca045fa33a1f451c2963ca7a475d7a50e79b5f242841e1c1e2aa61c8c86e4aed213b7ffc68046b6ae22ad3803abfd475762f489ca2d013ab9bf4230773e1b9668ddb41b018bfa362faede6e6a6a37c6e343284d0e95cf52cd2ef7e44a720ebe534226e2f307da97a20f6304506ae5e8808ba597b842329a8bcf28aa58e327a14249c139f261b65a92e259ae6d1edcb1a81afc2393405753d23e454d37342b2d033715384041168386d2445b1adbb14020d52b2aa72b48846c0227bb581d321355584360b9da6b11b1aa1176cb195d967a39d639b1717e83756eb91bfb8d999009d8fffdb5685ae97dc441808b440d38dfc3807c16e41ba5da558142414bc71851b0861fb92ceedf33bd8d89c65a5c44624e77449269ebc87ecfe214599f02b86de2d02af128940d003292473e9d6aad3b66bc458cd86e71c51d96dc53da8f3774daa2d7b3dd9749b2c9478a581612da6807554a407f99dcde6b657452d0427bb8c70a4cb88a15e2246b7d820c73974118070a8e1ddf4d70842a2d2754352ccd5a851b82c78ad2b5f736320c52b0a3b94f7bbfdea6bfe191a0d741b42e6b66d000cf55edc77b63226d72644792bd5b41cf53c46eaa6fa1f4fa819646b461a1c52e778e6b378147bb348bb094ec8a4ed5b51565e219aa6b24d6ab392544816e7b80aea3f998b8497d4e0b77723d43a5e533a8483f51a08b9561c1539fa1e03ee99c73653ae89ca569b8dbe1f11e8d40e7354558b045a7ef9ba3392b78279a0a8aa0a5a3f1a684ad04abac30d9a71572efc4683e6dd9cba95d97e73ef5d7382d2aae1fff875e05e49572a385237784dee20b3ddf49f7697509369498e6ed871779920e45379de7c2861688d3d64b8ef30a465855fb6ccd8591e762ded81eb4f6500bb8f86e98ae3ca7b1252c42217ea05fd98ba8d711af0a1946f589babdd7d9fbef4c106ed75f9465727b428e0ce6a6d1cadbaa8a4d55d3148d3a1f28471fae9bac34f71e31c4e317cc41f18e319fc6887daa3462742cd0e65dd9ff2b3eeef9ebb323bbd43cb9b7026e9d146ad1d0599eded51637917749bded5d6381d9297e9fe95dad0a5ff82ebb8afbb138223bbebb6fdf2f079e8b7e1728d2a774785e83aef92f6d73bf54eb717dedd240c0daee3fb692edbf63f78f9a5db41391f69934d047ea861369145291349e13b5cc64d058f280ab93e5ccded526e228f5c1562ce083b073753e3803f27021d14d017351fbbac9b2cea9b9776bfe8fbf1437775a2c496a19163fe7ac45c352ccddf11ec9cf6f75ffff5faf098b7e9a7ff9449f1db8cfd19b57ffcb9784d3ffd26e34fe6b9f7ea20089601fe94e0ffd701254c', '2026-03-01 10:00:59.71632+00', 'done', NULL, '2026-03-01 10:01:00.111153+00', NULL, 0),
	('2e0c8122-6f08-5f4f-acca-1d5f0cb29ada', 'check_run', 'completed', 70001, 40001, 13, '{"X-GitHub-Event": "check_run", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "2e0c8122-6f08-5f4f-acca-1d5f0cb29ada", "X-GitHub-Hook-Installation-Target-ID": "4242"}', '\x7801ed5adb6eeb3616fd1541af9344b26327b15f66a653f4a00f9d00d383297a39702989b6d9e83622153711f2efb33649c992e2b1cde400f312f4a08825aea5cd4d6eee1b1b9fc54a14b9bff4e3222b53ae78e25ff8f196c70fabaac6f3c61789bf5c5c876138995cf87991f0153df1fff1afd5c3eedbfb30bc4bf8dd34026acb59b2925b8697d3c9345ec70b164fa7d3c9dd7c11cfd8dd9a5fdfce6e591cdfcef8f582457c1a71a0f89f8a57394b0d6bc51f05dfadf89ff196e51b1ecce8bb41c45296c7dc2b72ef5c664f0a424cc2f036a8f8ba963c0944aee9aecaea2e902ce3ab843dade48e9510a3ae52c8bd55aa5c06c1647a7b15e2bfc97236bf9e2c40501632286255048ab340abe712ea9181550ccd5e65e9ea284b871f2113ae9848e5dbc0523155cbf1fa15799cd6d22c6cce6b55b11422626c85055e31454b144e6f2ec3ebcb70f279122ec370395ffc8231dd36383aaaa8555983a5f195502907dd3f0b2fae782294f7c4157dabce32563de1cdcf45ed6dd923f7f2fe902bef3ee75e5654dc336beea92d53de96a7254fbc5d51a789c75995e33190d82457bfe5bfe5bf07b2de6cb85416247ff7d6224f2446559c7b659da678f39f1a23e81908654d2215b5867fde0ae9e11fcbbd62bde6d50564521ef3e22287e450d7d2e38fbc7a1a10791b0eb2b4281e20181877426d317f4fa80b4f15c51526ab209fbfccf1f50b9fe5e0644426577151e778110e9f1edd2427b75ad0fb80ff028bc4468696ad125bc3a195d4464cf3c77b6bc6b02618ecc08c7f6ccd78319fcdee80d3661c5530b82d784ba6e2ede5e4ba7de16cdf2e1bd45d337a7a304333310819f135f654b7186b1c2e98c5b9a70608680fadda3de42f7f6d9c8e0642cb40ab8b4e493a368dc2eb2c224926d746c1b4223896860a76d62d6d96766df5d1e6748e61b276f3e050f35fb0972226f55e3192654ce41863a45acc6f16098fa370318b6fd9fce67a7a77339947d17aba08e7376cc6a6491285e10280af2bd5cb17584f5976d39ccea69029ad37d05dc6735554514107cede33fdddee68788e7031c5ab629793ee1b3f2d3698d2d2dfc0846b7259b446701103c776dfc1c36b4ef3618f0c07e7f1e3d98cc1ca830c904d6541da55e2c1d19d0de754c9a013eab427e986ae8b342d76401f97aeff81a0c3402cf3b7c837ce78609aa0c0e10cc540fc179ab4c0a9eb40a4c73798b75470fec4400e0a4ec481c322200aadf14ba35db5a6aa231957a23407f1d9ea877fe9e12052516d582e9eed817e3e0f7012707d9c3bcc478f070e6e287752a6013441598947163f910a2a1e73f108753a938d90e0524f257999fb9e36f054c2b7ac58929151ad592af9de1ffdd033cd84774bd11ecc5dd47754a3b07b19f48dfcb469bc82202a61a3a0677a192e3e877714f48421053d75999c1c53f22a1392622a445b8d8d9b29f0027f1733d3ef5d451e9722a95cd122ee87008ec8a43724e3e4157a23328482108542684b3b72471dbb71ab9a4d8f84e6cd32c365f5e2f7611880038f44405c92915621a415e9c24f1190538c6844eafe905b41d17126528454454ef3ea5b047ef6051cfd841ba568fef0d39e107d0a8b595140a7f55ad6720b066d1802a7fd137ed89882022f96e1f7aea81ed6380875caf205aa38b0e8af22dd038b3e1a03a20fcf33cc843e3c8ff5d3c187e7317b21f8f03ca648f0e1793e3ccfd01dc2b17fa48ffff7f4115ebc173cd84a88cd96f749635bcd440a1bcf2885eba5c6c893a828609fb4653c8cd1c136955774f07b20d1a4b11867d3cc793f4b1da49914403aa6997340de92665a914e47d27660972e9e93c568dd740848e89460f6d0ef492f35cdbb924bcdf0f51cbca17b6f62a9595cd34a0d724f2a35eceb38762bc12015c5c6383fa13c6fa752611eb407524dd4031f3a0b3d9a6e6a3d75657eb0b12ade22833ebef387a8a06941f86ec6942e49ac291d67481e3739e7274a2423ba0ed5046d9d254a8bc88d04915aa0514d80e3988431f55d47595a501398bf882846058a4545c5909ab90935403641ffa721d639aa2ba7013541ae0bae2d9138554b19699d1264603a75515784556e1bc1628286aaaa2f5757570d55d68d44a632e0b4afda7242d0fc0535f96dcb5389a87e83ea73d502b186092fd3e2892a026edaeee1880525b8b4608923478b02c33975aad142d99a07399aeac1edcb1a81afc238742dc2758f90518df70971a178ee26081111a8db6dc4a2d8c69d85401dcb161d2b370a8d8046064522a74d6aca495a2db49bfa666848dfb0c496b3f5467bc3362fde205f5fac07fee4a624023401fe6f6bd6ba70e64661209002ad3bb26334b73735435bd3692e1d0a0c19af5ce10642d8b6b6e7f6f93dacaf4ef43ec55ac4e794cb47963c40367fd5edfb0b868e2a0e5e256281430f4121a94bf7d89c54a5117d312b9e729cca6e336e414db0ef566cd8f3c9eecb68a214571a18e6622a998e82b4a0a0b1dedc362da896eca4971e8e64e945a86fa1d1bd16f0381f5d04201c8ab96ef26b0421d1fc7743d299ab51bde332e3258cb0ed5048f18cbfd119dcaf57af9fbfa3b638a97bdfe26fedb125d832b9324794bf5455cdd1f8c593b22afee03175056cce480f3bd7d91fb9130f62308aa41be1848cebb62761f932515585ed569a1b0989902c4a71b1a7fd642a629e53a7d7de58a01ee28adc210cac9540c895e2b81184be4887dbf1c87aca1585b2b842a11be5022dbb6e8c2a4a1153e1e30bcaf25649fa060404554546f3472745099a4973b852df6fcf4ccf68cfe831d4263871b585dcaa89fff1d7815b3e3a53c196bac26b3207b9dd0fffdbfe4ad068589ca22d72dc5c4608f9989f371e4298b0c66e3234be4dd0b2c45f36cdd86b1e7acded866b77e504374f7a8fa9d77de13f0a2922910a459773ca3ac26ec08712be6675aa56ddc50fddfdc7020dda3dbd1e3a4d0ab8b34a1b47b32e4a6975d205367d549e504e3b5cb77ae9dc3827a6e83e62cbd5809d111fed5183d0e8c451b34759f36fbb6a67e36c5fb041ef931a84c6e9d142adec9b73556496b745f5f9de506d7a955b6377489e27c3bb155dbbf657dccbf8b2df21d8b2fb6adb37f79ffbb72c2873771488ee75bca5fcf54abcd3e5855785fdaec0757c19ccad8be107df7efbe220cf7bca6423c27715cc465ce432e114bec2ad8c31712f4421d387a9b9ddce18f191a982e68c63e7e0626a1cf0e79c400709daa4e67db7364693fa9fb737bed117a50e5dda1039960c851c7317d85c16bcc5cdb5c1c5a81fbefdfef9fe21ad934fffcee3ecbb90fdb4a87ffc69fe9c7cfa4e469fccefd6aa2793c9ed0477cafe0ba5a34847', '2026-03-01 10:00:59.668153+00', 'done', NULL, '2026-03-01 10:00:59.976509+00', NULL, 0),
	('5afe9c0e-e356-53e2-885f-9d1665b52cdc', 'pull_request', 'labeled', 70001, 40001, 13, '{"X-GitHub-Event": "pull_request", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "5afe9c0e-e356-53e2-885f-9d1665b52cdc", "X-GitHub-Hook-Installation-Target-ID": "4242"}', '\x7801ed5c6d6fe3b811fe2b8180a21f9a8d243b4e627f69777bb8c5015ba4d8eef5801e0e0225d1361b59f4e9254122e4bff719be488ae2b54d27fd708076b17796c467347c19cef0e1508dc7924ac8dc5b78198b79c653efdccbeb4dcc0b6f114ecfbd6d9d6551c17faf7959798bc6ab8b0c65d755b55df87e38b9be08f0375c5ccea6e1dc2ff85696be4c2ae9579cf9842dfd700a9122f516d380fedc40be4c794477bc7f7e8dee1e7eb80d82499a5c253728b8ae3659b4f7252fc46be9a9582edd401704c1ebb6ac4ad68e5085a13a9565cdf763070da210a645fa8d5c56ace2680eb9e539046732b943472c962c2bf9b957892aa3a71fcf7eaf05afce9235cb571ce5ea927aa941f995a01e5c152ca1fbd4b461105cf75bfa67d3d0e88129a79ab37b56b162bffaba0c14863040205f8354df9102fb06036957fa56a7c3fd6a4b2e6596c90760f7ebd613efb710e8a47f8b7ce50a07a4f165b5e66814a8fe4c151665e5a0862adef8f43f0c6f12808e2d0a9e1eaf8a014091871c3a34caa494a43a2e93426cc9581d542afb3028248b15cbc5137314035809b41acec7574615078cdff3dca51d75f9c6df16e29e258f54fd82275cdca3255d650d8010553d6ec99a7e26e3410f898a472cdd9001297b7b3ef762993e7a8b1cb3d7b997141cb699460cb39f370926571f82e98720fc16068b2058cce6ff818c7a9b1e2c9364b23462b4e00d2f56af6f4489dc6c4415956b6635606529563987ce1a68af4b6ff1eb6fd4326a6e86a882df0b4e86337c80b978636eaa499e7e3776960882b03f4f7cf968278af0e68a8554bb7d463e98e0b478ff81890ae6b4f8d324e894c25bd8865ade3e3deb3f4b642631997901bf61e1155e9bf225ab33b4ba990553de8e7f14fba93a13e5198cb513f2e7b3aa2e72ef196db21119dc95ccdb364b0bb6ec44511b1f1e9183aab573b76fe15052d740759ab340eb1dbf2f6fbfa50df4d3e2ac6e8daffd0bd98e1e5207268d9dd2c2a9524e5464fce4a43031bac9b1207f124e92653267c96432096f66f3e492dd2cf9f4faf29a25c9f5259fce117e4c62725f6bcee0c0e0d62820415f93c35f28a7fb41c51205fcd7427b6e7d43198be7f0069adffb8e93de80171bbf39ebdbc3ad3507f29b141c39facd1920a7f84da3d261b7690ab62e70ffa0a19a9b08ad45404327a7496f342ef72d3e53897993cb5412decf636a716f75984a8aabbf54206582e88ce35d9c82bd8fb7341abcf0b2d0c538cbdb5ed880bbbb9c26694f364546748928f38557b1617e10c0f0c9a9185700cf848b25ad31cc1da587beaddc3fc5c5c603a89068345b1b1e53c3a9df47c6baaa655bc4c9a1ae12339a6d378ffeb1cdf6380743cb798cb71731988e4697b2b86b2dd42154843456246bc4f4fb1dd6202e692c08efddb04a2d909614e4b451b193b816d5f8e41949509cc9d82dc65989ca57a8c64724a264142c4fd68ea1526c408daf7fe9d02d4314240b56c943ebe14143219eee900dc2b8ee520b3e21047eafe0d204a46d73e17acb0ab78160307e13b3923f5f5c5c341436eaaae59573309e480df29bbf20d25c5b398588eb139a3eaf2c5019cd36938fee0b8e94b7389202ef974996ba0dcd160509c784158341a421c09295bbbd59218084719835ad1b9e8c6a384e4816827f7741046a471b49a9d8ca5d0a815a296b291d5b4421d0229a36a4ba61943acd5666096aa0d0a55be369a12774b1916983c88144b746d2b2fa6addf147371104687cfcd710689a50706a250d8116601bc88e33b0a5355b39cec62d0a121455e3560f0d21aca5221cf12dacdf9cb9acc45224c7b077034b7e816cfe5a8a3ce1e70c041726de4a2402931ec2486a2ec5233835b842f4d52cb08f8059d9adc616d4f81d75ba624f0779e041456939a861a88b651f9caa63417e63bcb9e150b125e256a31e8e74e92d2cddf4e90121c779ea2200e18804747ab14210b2e08e7d4993b742f5a6cb0ddfc2082d89598a27fcc61ab1eb2fb8893a0749179c8321c4ae0c357777cbdaa315b06665a4e71b6f511535b649e8ceb690ffe509e82abb66a49b9d13ec957c1077e24529d26e80136552837c05e1de96dc88a29066d74407c0a928594cfb66f6959948785eb6358591c98788dc210cccea2acaa8e29b6da6b67dccf2f681c7c6534644f84a6c6911b72bb07fd0caaee4562444df82e4b48da45a0c8a567243f5df721834d5a40193bd83bd9e7c08e6df821b62af83c977d8eb5765b675b93e4082935bd5f13f7eedd81bb40bfb0b3c267328edb61baeffd66d240e8a8136cf0f04860344799fef1fe5b63c94d0618d19641373ed2df0cb2c33ba96a7ad3933e0eca80c31527bb769cfeddcbb17a58845262aec20602e8d311af0224366473ab2c7930dc386c3337a88c257c569f4c94ef594d865223acd852639e7b3ab79ca9338985f26d76c76359ddc5c85b3385e4ee6c1ec8a5db2499ac66059f0ce91e46c694a4c25aab7c91447b644fa7d5f442de3bc2ba86c6824394792f3f054db1adec1f069dc9bd89553d36b95d16cbb0c000cabe3f7264692931208b0b01e49ce83496bbbd8154344ed9fec060b5183695740b81e49ce57298223c9391c27b48e1a49ce3629a6cf2b8d24a75dbbfa23c9b923df78243941171c979a3d929c26477d24394792d310a123c9d96333df95e48c3291df1125ed953c03a7d9786bcd6d1e3759d94c590f7c292de50e0b68fd2441e98c08902a7a380c1d84f17a8fc188a0588d520b4e97d2c635a4d1207bd859aa6d973d424f94692bda455f50d744aa278aece5124396f53fcec22cf0f8846262d9595dadb16d83741f9908b57d0a4ff9f7db2f5f3e7ebafdfaf1dbed57d009282323b56f6bf798e86814f293e8380e427256d231a97ef27ebb2da350b40b64f7770a4ebc7eff4e5b24a21aa0a0976093944efba827691477470eda5186fd84576304f76847a0c23f9c5449581e6d240e33016df691da6ec2ee1a4b5364e2ab0d2c5ca5d897355790a28f11a5d192b69ab17981665251257589c9841e6471fef1cf06507be2889a404e0f1a6c4c565569efc7b163238f9bbec3a92ce598461e77e471d5912eb77c8c3159d521bfb88d89ba10a68d60461eb73ba34d89af63b22aa5b7c2c111f76ac227a731029c1a6f3828d7f2fd238f8bd3f1e54e331c79dc767d3af2b8238f4b39ae987ceccad669e6b1a03159559d711f9355c76455645d8ec9aaff8764d5976982c49ed8efce9037c30476d4f1f9bd213c6514aad014d21451b37f2e6c8beb0f0f0174cc01980ed51e6f3ae2304f877a718ee7c00aae43691e192a6e387d5ce9689c29def8fa873ea14159c5a02a9d04e95c648beacb3be18b06af0e8212a5cbf3f4e56715882b97452cab5ff1efb76e8420bfbafb04d4a7db6ffd4f2cd03153478526809cf2898557ea1d26c2d8765ba2274cb5f0def6230afb47aa4ee26b81aa3d4eff6ad14e39c86b3ef94cf740e09b4e770f642140a12f20bd03753614dc3b1673520ef3401e992a3af488696767672a1cf0c7cc403b05d813786ffbe8d1a052dffdfad127a90e61ecf8f891c8d165382c4c1b059622bf1e7ecfe11f3ffcf4747b97d5e9e77fe7c9e6c780fd32affff5cbec29fdfc63197fd6d7d6aac330bc0e71d6e17f406e66ad', '2026-03-01 10:00:59.867762+00', 'done', NULL, '2026-03-01 10:01:00.256463+00', NULL, 0),
	('8f63d7d2-d9a4-56b6-9f7a-482e372051f8', 'pull_request', 'labeled', 70001, 40001, 8, '{"X-GitHub-Event": "pull_request", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "8f63d7d2-d9a4-56b6-9f7a-482e372051f8", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-02-16 10:00:41.206057+00', 'done', NULL, '2026-02-16 10:00:41.642278+00', NULL, 0),
	('6975bd52-ec04-5098-8ffb-c9f0367ea9fb', 'pull_request', 'opened', 70001, 40001, 13, '{"X-GitHub-Event": "pull_request", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "6975bd52-ec04-5098-8ffb-c9f0367ea9fb", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-03-01 10:00:59.293661+00', 'done', NULL, '2026-03-01 10:00:59.463351+00', NULL, 0),
	('cd3eebb8-f316-5763-90a8-f90cbf6d9ba5', 'push', '', 70001, 40001, NULL, '{"X-GitHub-Event": "push", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "cd3eebb8-f316-5763-90a8-f90cbf6d9ba5", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-03-01 10:00:58.763881+00', 'done', NULL, '2026-03-01 10:00:58.909831+00', NULL, 0),
	('02b949f1-7706-573e-bef5-e73a696b2cd3', 'push', '', 70001, 40001, NULL, '{"X-GitHub-Event": "push", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "02b949f1-7706-573e-bef5-e73a696b2cd3", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-03-01 10:00:59.264404+00', 'done', NULL, '2026-03-01 10:00:59.387199+00', NULL, 0),
	('6b38c358-3ef6-5c98-bb2b-5bac3c6057e0', 'check_run', 'created', 70001, 40001, 13, '{"X-GitHub-Event": "check_run", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "6b38c358-3ef6-5c98-bb2b-5bac3c6057e0", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-03-01 10:00:59.645176+00', 'done', NULL, '2026-03-01 10:00:59.764057+00', NULL, 0),
	('64438f5f-6364-598b-b7a9-cf55f0a2416d', 'issue_comment', 'created', 70001, 40001, 7, '{"X-GitHub-Event": "issue_comment", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "64438f5f-6364-598b-b7a9-cf55f0a2416d", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-02-23 10:00:53.523826+00', 'done', NULL, '2026-02-23 10:00:53.745345+00', NULL, 0),
	('cd6815db-e10e-57de-80b2-06d76c521c52', 'issue_comment', 'created', 70001, 40001, 8, '{"X-GitHub-Event": "issue_comment", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "cd6815db-e10e-57de-80b2-06d76c521c52", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-02-23 10:00:53.614319+00', 'done', NULL, '2026-02-23 10:00:53.777854+00', NULL, 0),
	('5574bd7b-df26-585e-a6e1-bb2696aa836f', 'issue_comment', 'created', 70001, 40001, 5, '{"X-GitHub-Event": "issue_comment", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "5574bd7b-df26-585e-a6e1-bb2696aa836f", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-02-25 10:00:55.453144+00', 'done', NULL, '2026-02-25 10:00:55.628469+00', NULL, 0),
	('6e4066da-798d-5bbb-b346-36c99a1223fb', 'issues', 'opened', 70001, 40001, 12, '{"X-GitHub-Event": "issues", "X-GitHub-Hook-ID": "1", "X-GitHub-Delivery": "6e4066da-798d-5bbb-b346-36c99a1223fb", "X-GitHub-Hook-Installation-Target-ID": "4242"}', NULL, '2026-03-01 10:00:59.071706+00', 'done', NULL, '2026-03-01 10:00:59.15908+00', NULL, 0);


INSERT INTO public.effects VALUES
	(1, '\x71108fb4dd1df62f3a408e8a3cf1f6b17d1d2fd003e3b0f6', 'review_exchange/40001/balance on 6091fcf2dfa4e3024b0b79151f908712eb134ece since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 2, '{"key": "balance on 6091fcf2dfa4e3024b0b79151f908712eb134ece since the beginning", "name": "review exchange", "title": "No credit yet", "number": 2, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "6091fcf2dfa4e3024b0b79151f908712eb134ece", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@grace has no credit yet', 'e6ca2f68-d47d-54fa-a61a-a94815d1befb', 34, 'done', 1, '{"id": 9300001, "url": "http://127.0.0.1:45319/octo/tea/runs/9300001", "node_id": "CR_kwDO008de821"}', NULL, '2026-02-09 08:00:05.026975+00', '2026-11-01 16:04:39.309557+00', '2026-02-09 08:00:05.480045+00', false, false, 0, NULL, '[]', '{1007}'),
	(8, '\xc68dc8ca40de151006e1c0329bde209813f7ae78b7bb3a6e', 'answers/40001/react to issue_comment 4000003, 7832029e-f8d6-597b-b618-9185059aedc1', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 4000003, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000003", "kind": "issue_comment", "node_id": "IC_kwDO003d0903"}, "key": "react to issue_comment 4000003, 7832029e-f8d6-597b-b618-9185059aedc1", "number": 5, "content": "hooray"}', NULL, NULL, '@grace and @ada have both agreed: they are a pair', '7832029e-f8d6-597b-b618-9185059aedc1', 40, 'done', 1, '{"id": 7000002, "node_id": "REA_kwDO006acfc2"}', NULL, '2026-02-09 08:00:08.803047+00', '2026-11-01 16:04:42.932672+00', '2026-02-09 08:00:09.065868+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(31, '\xb8e31286884e7849ed6c4161166a4c59c4a886c1851a0a49', 'stalled/40001/pull request 7/label waiting: reviewers off after 1 changes', 'stalled', 'RemoveLabel', 70001, 40001, 7, '{"key": "pull request 7/label waiting: reviewers off after 1 changes", "label": "waiting: reviewers", "number": 7}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered ada yet.', '867395e5-15fc-5ab3-bc28-354fda6f103f', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:16.157418+00', '2026-11-01 17:04:50.328678+00', '2026-02-09 09:00:16.469079+00', false, false, 0, NULL, '[]', '{1006}'),
	(2, '\xf564cf9206da2154a29ae81714b91ac47acd41dc60810b04', 'stalled/40001/pull request 2/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 2, '{"key": "pull request 2/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 2, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 'e6ca2f68-d47d-54fa-a61a-a94815d1befb', 34, 'done', 1, '{}', NULL, '2026-02-09 08:00:05.026975+00', '2026-11-01 16:04:39.659692+00', '2026-02-09 08:00:06.02343+00', false, false, 0, NULL, '[]', '{}'),
	(14, '\x001aff905d2a6a018b47c80533729ad257191c7d8f628d9e', 'review_exchange/40001/balance on 809ff5ade510049e4d89628a5f134265251903bc since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 6, '{"key": "balance on 809ff5ade510049e4d89628a5f134265251903bc since the beginning", "name": "review exchange", "title": "No credit yet", "number": 6, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "809ff5ade510049e4d89628a5f134265251903bc", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@grace has no credit yet', 'd2cb29d4-7eb9-5ea8-9b9a-5a3e2c066b8d', 34, 'done', 1, '{"id": 9300003, "url": "http://127.0.0.1:45319/octo/tea/runs/9300003", "node_id": "CR_kwDO008de823"}', NULL, '2026-02-09 08:00:11.185208+00', '2026-11-01 16:04:45.65267+00', '2026-02-09 08:00:11.855883+00', false, false, 0, NULL, '[]', '{1007}'),
	(19, '\x1d2826fb4403ff34fdef0edbf17ff41db7b92d5088e810d9', 'stalled/40001/pull request 8/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 8, '{"key": "pull request 8/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 8, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', '27132a94-dc8b-53e7-995b-fa0028bb646a', 34, 'done', 1, '{}', NULL, '2026-02-09 08:00:11.491328+00', '2026-11-01 16:04:46.337524+00', '2026-02-09 08:00:12.524648+00', false, false, 0, NULL, '[]', '{}'),
	(30, '\x292a9e46e905886f5191f24fb9886e2483276e1a5e77059a', 'stalled/40001/pull request 7/label waiting: author on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 7, '{"key": "pull request 7/label waiting: author on after 0 changes", "color": "fbca04", "label": "waiting: author", "number": 7, "description": "It is the author''s turn"}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered ada yet.', '867395e5-15fc-5ab3-bc28-354fda6f103f', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:16.157418+00', '2026-11-01 17:04:50.564915+00', '2026-02-09 09:00:16.73814+00', false, false, 0, NULL, '[]', '{1006}'),
	(75, '\xaf02a23dca60a720145089a7cc8307fd0e5842eebf316957', 'answers/40001/react to issue_comment 4000025, fc68822e-ee51-5dfc-a883-27698aabbe8e', 'stalled', 'React', 70001, 40001, 10, '{"to": {"id": 4000025, "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000025", "kind": "issue_comment", "node_id": "IC_kwDO003d0919"}, "key": "react to issue_comment 4000025, fc68822e-ee51-5dfc-a883-27698aabbe8e", "number": 10, "content": "+1"}', NULL, NULL, '@bob said that it is ready', 'fc68822e-ee51-5dfc-a883-27698aabbe8e', 40, 'done', 1, '{"id": 7000013, "node_id": "REA_kwDO006acfcd"}', NULL, '2026-02-09 10:00:32.46931+00', '2026-11-01 18:05:06.595163+00', '2026-02-09 10:00:32.735862+00', false, false, 0, NULL, '[]', '{1009}'),
	(4, '\x428d525806e178798cab991a3d14ea35d77dbc651bc71d29', 'stalled/40001/pull request 4/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 4, '{"key": "pull request 4/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 4, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', '5c045eda-83ab-5c0d-b5dd-94ff2cbfa57d', 34, 'done', 1, '{}', NULL, '2026-02-09 08:00:05.314588+00', '2026-11-01 16:04:40.211378+00', '2026-02-09 08:00:06.408529+00', false, false, 0, NULL, '[]', '{}'),
	(41, '\x92cf514b2bcfbf8b770d17224e207b24926f1207b1b9a79d', 'answers/40001/react to issue_comment 4000013, 76c81510-3bcc-5cd0-adee-d3fcc22ea088', 'review_exchange', 'React', 70001, 40001, 8, '{"to": {"id": 4000013, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000013", "kind": "issue_comment", "node_id": "IC_kwDO003d090d"}, "key": "react to issue_comment 4000013, 76c81510-3bcc-5cd0-adee-d3fcc22ea088", "number": 8, "content": "hooray"}', NULL, NULL, '@ada spent their free first review on this pull request', '76c81510-3bcc-5cd0-adee-d3fcc22ea088', 40, 'done', 1, '{"id": 7000007, "node_id": "REA_kwDO006acfc7"}', NULL, '2026-02-09 09:00:20.226855+00', '2026-11-01 17:04:54.362797+00', '2026-02-09 09:00:20.554324+00', false, false, 0, NULL, '[]', '{1006}'),
	(17, '\x4d960fe4a1a4ba73caa7204cf5efed4dbb46ca460f6cf49b', 'stalled/40001/pull request 7/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 7, '{"key": "pull request 7/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 7, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', '5b116b08-5ac1-5929-9666-c25606a325bd', 34, 'done', 1, '{}', NULL, '2026-02-09 08:00:11.364765+00', '2026-11-01 16:04:46.129338+00', '2026-02-09 08:00:12.368461+00', false, false, 0, NULL, '[]', '{}'),
	(34, '\xa0ad6fb5893966eb092400bd1bc988917b21dd3476657300', 'review_exchange/40001/balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/earned/in40001.pr6', 'review_exchange', 'PublishCheckRun', 70001, 40001, 8, '{"key": "balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/earned/in40001.pr6", "name": "review exchange", "title": "One credit to spend", "number": 8, "summary": "You have one credit. One more review that helped would earn the next.\n\nTo spend a credit on this pull request, write `/exchange` in a comment.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "conclusion": "neutral", "annotations": []}', NULL, NULL, 'The review by @ada earned one review, confirmed by @grace (/thanks)', '4a25307a-f2ed-594a-88a0-9787877d5a01', 34, 'done', 1, '{"id": 9300006, "url": "http://127.0.0.1:45319/octo/tea/runs/9300006", "node_id": "CR_kwDO008de826"}', NULL, '2026-02-09 09:00:17.44758+00', '2026-11-01 17:04:51.644223+00', '2026-02-09 09:00:17.808085+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(58, '\xf8d7f0e68d5ad9485a5d3621075be50a472bb5d840d68429', 'first_merge/40001/person 1009/merged 1', 'first_merge', 'Comment', 70001, 40001, 9, '{"key": "person 1009/merged 1", "body": "@bob, your first pull request in **tea** is merged: your work is part of the project now. Thank you for it.\n\nIf you feel like going on: somebody else may be glad of your eyes. [Warm the cup](http://127.0.0.1:45319/octo/tea/pull/6) would suit you: try it out, and write what you found.", "number": 9, "mentions": [{"id": 1009, "login": "bob", "is_bot": false}], "occasion": "celebration"}', 'celebration', NULL, 'the 1st merged pull request by @bob', 'ae21f4e3-b484-5cee-be2c-0453abb048a9', 32, 'done', 1, '{"id": 4000019, "url": "http://127.0.0.1:45319/octo/tea/pull/9#issuecomment-4000019", "node_id": "IC_kwDO003d0913"}', NULL, '2026-02-09 10:00:26.864602+00', '2026-11-01 18:05:00.919003+00', '2026-02-09 10:00:27.030345+00', false, false, 0, NULL, '[]', '{1009}'),
	(59, '\x9ab6c32ed1eb1b1c8fb74ea0fe141ecabb772267c9e984a6', 'answers/40001/react to issue_comment 4000020, ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 4000020, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000020", "kind": "issue_comment", "node_id": "IC_kwDO003d0914"}, "key": "react to issue_comment 4000020, ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7", "number": 5, "content": "-1"}', NULL, NULL, '@bob wrote `/mentor volunteer kettles`: Mentors are named by the maintainers here, in `.github/mentorbot.yml`.', 'ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', 40, 'done', 1, '{"id": 7000009, "node_id": "REA_kwDO006acfc9"}', NULL, '2026-02-09 10:00:27.926502+00', '2026-11-01 18:05:02.167428+00', '2026-02-09 10:00:28.281766+00', false, false, 0, NULL, '[]', '{1009}'),
	(60, '\x70482d450f0bd6049c3b3bc7706d59e5acd250bb5e55774d', 'answers/40001/answer issue_comment 4000020, ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue_comment 4000020, ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7", "body": "Mentors are named by the maintainers here, in `.github/mentorbot.yml`.", "number": 5, "mentions": [{"id": 1009, "login": "bob", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@bob wrote `/mentor volunteer kettles`: Mentors are named by the maintainers here, in `.github/mentorbot.yml`.', 'ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', 40, 'done', 1, '{"id": 4000021, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000021", "node_id": "IC_kwDO003d0915"}', NULL, '2026-02-09 10:00:27.926502+00', '2026-11-01 18:05:02.185353+00', '2026-02-09 10:00:28.331334+00', false, false, 0, NULL, '[]', '{1009}'),
	(71, '\xb7e9e1ff9c78024816e59592fbb1afd8a254864930c5594c', 'answers/40001/react to issue_comment 4000026, d6c90b4a-3960-5d8a-95ea-b40271ec3c6c', 'help', 'React', 70001, 40001, 11, '{"to": {"id": 4000026, "url": "http://127.0.0.1:45319/octo/tea/issues/11#issuecomment-4000026", "kind": "issue_comment", "node_id": "IC_kwDO003d091a"}, "key": "react to issue_comment 4000026, d6c90b4a-3960-5d8a-95ea-b40271ec3c6c", "number": 11, "content": "+1"}', NULL, NULL, '@olga asked for silence here until 9 February 2027, 10:00 UTC', 'd6c90b4a-3960-5d8a-95ea-b40271ec3c6c', 40, 'done', 1, '{"id": 7000012, "node_id": "REA_kwDO006acfcc"}', NULL, '2026-02-09 10:00:31.869534+00', '2026-11-01 18:05:06.115328+00', '2026-02-09 10:00:32.273185+00', false, false, 0, NULL, '[]', '{1004}'),
	(27, '\x22f818a521e9522755ffadeb4ed7f32b031a556bfe9d0740', 'stalled/40001/pull request 6/label waiting: reviewers off after 1 changes', 'stalled', 'RemoveLabel', 70001, 40001, 6, '{"key": "pull request 6/label waiting: reviewers off after 1 changes", "label": "waiting: reviewers", "number": 6}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered ada yet.', '2ff6697b-be63-5f3f-ae81-ffe065775835', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:15.475019+00', '2026-11-01 17:04:49.65534+00', '2026-02-09 09:00:15.79643+00', false, false, 0, NULL, '[]', '{1006}'),
	(48, '\x416dfca5d89d4f30c4eb0ea28e1ff6d57a70b06a890f6b5d', 'review_exchange/40001/pr8/unlabel in review since no1/settled', 'review_exchange', 'RemoveLabel', 70001, 40001, 8, '{"key": "pr8/unlabel in review since no1/settled", "label": "exchange: in review", "number": 8}', NULL, NULL, 'The review by @grace doesn''t count (same_day_swap): its author reviewed theirs on the same day, and of two such reviews the first one counts; @ada got the review that a credit was spent for, from @grace', 'b5dabfc6-c9ef-5c6c-a500-189bd519706a', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:24.462751+00', '2026-11-01 18:04:58.736344+00', '2026-02-09 10:00:24.890409+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(15, '\xdfae77d1ceb1b9b0b627cf0c99a5ef113b881b65e2810fb4', 'stalled/40001/pull request 6/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 6, '{"key": "pull request 6/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 6, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 'd2cb29d4-7eb9-5ea8-9b9a-5a3e2c066b8d', 34, 'done', 1, '{}', NULL, '2026-02-09 08:00:11.185208+00', '2026-11-01 16:04:46.008808+00', '2026-02-09 08:00:12.261262+00', false, false, 0, NULL, '[]', '{}'),
	(39, '\xd32140c417003b74d3e5d1b706993be934b78b7b4f2276a6', 'review_exchange/40001/unlabel ready since 1006/spent/in40001.pr8/no1/pr8', 'review_exchange', 'RemoveLabel', 70001, 40001, 8, '{"key": "unlabel ready since 1006/spent/in40001.pr8/no1/pr8", "label": "exchange: earned", "number": 8}', NULL, NULL, '@ada spent their free first review on this pull request', '76c81510-3bcc-5cd0-adee-d3fcc22ea088', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:20.226855+00', '2026-11-01 17:04:54.715279+00', '2026-02-09 09:00:20.851263+00', false, false, 0, NULL, '[]', '{1006}'),
	(18, '\x01fc92173460da3279d93720659b2727705106b50a2bf54f', 'review_exchange/40001/balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 8, '{"key": "balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since the beginning", "name": "review exchange", "title": "A first review is free: write /exchange", "number": 8, "summary": "As this is your first pull request here, a review of it is on us: write `/exchange` in a comment, and somebody is asked.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@ada has no credit yet', '27132a94-dc8b-53e7-995b-fa0028bb646a', 34, 'done', 1, '{"id": 9300005, "url": "http://127.0.0.1:45319/octo/tea/runs/9300005", "node_id": "CR_kwDO008de825"}', NULL, '2026-02-09 08:00:11.491328+00', '2026-11-01 16:04:45.942163+00', '2026-02-09 08:00:12.151878+00', false, false, 0, NULL, '[]', '{1006}'),
	(50, '\x20d53dab6ab3aa3286817f727cd2995611a359235cf3ff1d', 'stalled/40001/pull request 8/label waiting: reviewers off after 1 changes', 'stalled', 'RemoveLabel', 70001, 40001, 8, '{"key": "pull request 8/label waiting: reviewers off after 1 changes", "label": "waiting: reviewers", "number": 8}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered grace yet.', 'b5dabfc6-c9ef-5c6c-a500-189bd519706a', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:24.462751+00', '2026-11-01 18:04:59.027373+00', '2026-02-09 10:00:25.329317+00', false, false, 0, NULL, '[]', '{1007}'),
	(51, '\x70e8649ec7cbaca806ed666ed7f0030e3dc53568ec3ead9b', 'stalled/40001/pull request 8/label waiting: author on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 8, '{"key": "pull request 8/label waiting: author on after 0 changes", "color": "fbca04", "label": "waiting: author", "number": 8, "description": "It is the author''s turn"}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered grace yet.', 'b5dabfc6-c9ef-5c6c-a500-189bd519706a', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:24.462751+00', '2026-11-01 18:04:59.56544+00', '2026-02-09 10:00:25.932875+00', false, false, 0, NULL, '[]', '{1007}'),
	(43, '\xc0dbf1540d37c5f1d35ed8724a09d3612a9b8995ef49dffa', 'answers/40001/react to issue_comment 4000015, cf6869e4-1650-54ce-b7ca-d89fad1d401f', 'review_exchange', 'React', 70001, 40001, 8, '{"to": {"id": 4000015, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000015", "kind": "issue_comment", "node_id": "IC_kwDO003d090f"}, "key": "react to issue_comment 4000015, cf6869e4-1650-54ce-b7ca-d89fad1d401f", "number": 8, "content": "+1"}', NULL, NULL, '@ada asked what @ada has: 3 credits', 'cf6869e4-1650-54ce-b7ca-d89fad1d401f', 40, 'done', 1, '{"id": 7000008, "node_id": "REA_kwDO006acfc8"}', NULL, '2026-02-09 10:00:22.322166+00', '2026-11-01 18:04:56.39609+00', '2026-02-09 10:00:22.567945+00', false, false, 0, NULL, '[]', '{1004,1006,1007,1008}'),
	(62, '\xe534362751124442c547ca2fff6a48abdc0408a9bf8da5e1', 'answers/40001/answer issue_comment 4000022, b6907541-c9de-5086-b6b4-c462656b8358', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue_comment 4000022, b6907541-c9de-5086-b6b4-c462656b8358", "body": "Done: mentoring leaves you alone. `/mentor opt in` undoes it.", "number": 5, "mentions": [{"id": 1004, "login": "olga", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@olga opted out of mentoring', 'b6907541-c9de-5086-b6b4-c462656b8358', 40, 'done', 1, '{"id": 4000023, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000023", "node_id": "IC_kwDO003d0917"}', NULL, '2026-02-09 10:00:28.851408+00', '2026-11-01 18:05:02.962288+00', '2026-02-09 10:00:29.077969+00', false, false, 0, NULL, '[]', '{1004}'),
	(35, '\xaeb366b77d63f78de1e5f97a2f41d4fb163a22049d4ad0f4', 'answers/40001/react to issue_comment 4000010, 4a25307a-f2ed-594a-88a0-9787877d5a01', 'review_exchange', 'React', 70001, 40001, 6, '{"to": {"id": 4000010, "url": "http://127.0.0.1:45319/octo/tea/pull/6#issuecomment-4000010", "kind": "issue_comment", "node_id": "IC_kwDO003d090a"}, "key": "react to issue_comment 4000010, 4a25307a-f2ed-594a-88a0-9787877d5a01", "number": 6, "content": "heart"}', NULL, NULL, 'The review by @ada earned one review, confirmed by @grace (/thanks)', '4a25307a-f2ed-594a-88a0-9787877d5a01', 40, 'done', 1, '{"id": 7000005, "node_id": "REA_kwDO006acfc5"}', NULL, '2026-02-09 09:00:17.44758+00', '2026-11-01 17:04:51.631639+00', '2026-02-09 09:00:17.760053+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(28, '\x2baf8aff2883d1ee04c80891d3c3696f893f86871bbbb129', 'stalled/40001/pull request 6/label waiting: author on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 6, '{"key": "pull request 6/label waiting: author on after 0 changes", "color": "fbca04", "label": "waiting: author", "number": 6, "description": "It is the author''s turn"}', NULL, NULL, 'It is the author''s turn: The author hasn''t answered ada yet.', '2ff6697b-be63-5f3f-ae81-ffe065775835', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:15.475019+00', '2026-11-01 17:04:49.88932+00', '2026-02-09 09:00:16.112245+00', false, false, 0, NULL, '[]', '{1006}'),
	(46, '\xa372ee1ea3a4c0a947ed2c808918b7137e08670f1329e159', 'review_exchange/40001/pr8/unlabel wanted since no1/begun', 'review_exchange', 'RemoveLabel', 70001, 40001, 8, '{"key": "pr8/unlabel wanted since no1/begun", "label": "exchange: review wanted", "number": 8}', NULL, NULL, 'somebody has begun to look at it', '5b9d95cf-8a96-5be4-adbe-c9b26c6a6e88', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:22.837534+00', '2026-11-01 18:04:56.914083+00', '2026-02-09 10:00:23.117593+00', false, false, 0, NULL, '[]', '{1006}'),
	(42, '\x5e587fd3f29eb73ff7d337d6897763177d2b837c74efab44', 'answers/40001/answer issue_comment 4000013, 76c81510-3bcc-5cd0-adee-d3fcc22ea088', 'review_exchange', 'Comment', 70001, 40001, 8, '{"key": "answer issue_comment 4000013, 76c81510-3bcc-5cd0-adee-d3fcc22ea088", "body": "Your first review here is on us. It is number 1 of 1 in the queue (waiting since today; its author gave 1 review lately; its author is new here). I ask somebody as soon as somebody can be asked. If nobody comes within 21 days, the credit comes back to you, with a little interest.", "number": 8, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@ada spent their free first review on this pull request', '76c81510-3bcc-5cd0-adee-d3fcc22ea088', 40, 'done', 1, '{"id": 4000014, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000014", "node_id": "IC_kwDO003d090e"}', NULL, '2026-02-09 09:00:20.226855+00', '2026-11-01 17:04:54.351759+00', '2026-02-09 09:00:20.498837+00', false, false, 0, NULL, '[]', '{1006}'),
	(11, '\x5b15fb96fcc5dbbb7b84029c17a45bf0cb5f1e85a0953e4b', 'answers/40001/answer issue_comment 4000005, ffe28cc7-89e8-5335-acfd-33f6372edb89', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue_comment 4000005, ffe28cc7-89e8-5335-acfd-33f6372edb89", "body": "@grace, ada has a question for you, just above.", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@ada had a question, and @grace can help', 'ffe28cc7-89e8-5335-acfd-33f6372edb89', 40, 'done', 1, '{"id": 4000006, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000006", "node_id": "IC_kwDO003d0906"}', NULL, '2026-02-09 08:00:09.51049+00', '2026-11-01 16:04:43.625315+00', '2026-02-09 08:00:09.768563+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(45, '\x0d3ae71da0aa615f7c89a1b57e90997cad5239c7b83bd51c', 'review_exchange/40001/pr8/label in review since no1/begun', 'review_exchange', 'AddLabel', 70001, 40001, 8, '{"key": "pr8/label in review since no1/begun", "color": "bfd4f2", "label": "exchange: in review", "number": 8, "description": "Somebody has begun to review it."}', NULL, NULL, 'somebody has begun to look at it', '5b9d95cf-8a96-5be4-adbe-c9b26c6a6e88', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:22.837534+00', '2026-11-01 18:04:57.283056+00', '2026-02-09 10:00:23.496635+00', false, false, 0, NULL, '[]', '{1006}'),
	(61, '\xcc1f36cfee047646255257752f9538f20325373fc2fb8af6', 'answers/40001/react to issue_comment 4000022, b6907541-c9de-5086-b6b4-c462656b8358', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 4000022, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000022", "kind": "issue_comment", "node_id": "IC_kwDO003d0916"}, "key": "react to issue_comment 4000022, b6907541-c9de-5086-b6b4-c462656b8358", "number": 5, "content": "+1"}', NULL, NULL, '@olga opted out of mentoring', 'b6907541-c9de-5086-b6b4-c462656b8358', 40, 'done', 1, '{"id": 7000010, "node_id": "REA_kwDO006acfca"}', NULL, '2026-02-09 10:00:28.851408+00', '2026-11-01 18:05:02.953343+00', '2026-02-09 10:00:29.067018+00', false, false, 0, NULL, '[]', '{1004}'),
	(38, '\xf496ca35c9064b21488e72491be35001d98bd695f6a2b502', 'answers/40001/answer issue_comment 4000011, 5c675468-2ac6-5b8a-b4a7-f905008d583f', 'review_exchange', 'Comment', 70001, 40001, 8, '{"key": "answer issue_comment 4000011, 5c675468-2ac6-5b8a-b4a7-f905008d583f", "body": "@ada got 2 credits and has 3 credits now.", "number": 8, "mentions": [{"id": 1004, "login": "olga", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@olga gave @ada 2 credits: for the docs', '5c675468-2ac6-5b8a-b4a7-f905008d583f', 40, 'done', 1, '{"id": 4000012, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000012", "node_id": "IC_kwDO003d090c"}', NULL, '2026-02-09 09:00:18.948534+00', '2026-11-01 17:04:53.039564+00', '2026-02-09 09:00:19.161876+00', false, false, 0, NULL, '[]', '{1004,1006}'),
	(7, '\xa04523b7624e1955a8e87eb56fc011d41d6838bf64ca5e8f', 'answers/40001/answer issue 5, fd9d5410-12b8-54c0-ba00-9d427cd0a486', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue 5, fd9d5410-12b8-54c0-ba00-9d427cd0a486", "body": "Good that you ask. I have asked grace. If they have no time, I ask somebody else, and you need not do anything. Until then, questions are welcome right here.\n\n@grace, would you like to be @ada''s mentor for `kettles`? It means being the one to ask, and looking in once a week or so.\n\nI ask you because grace offers help with kettles, was active here today and has room for 1 more.\n\nWrite `/mentor accept` or `/mentor decline` on a line of its own. No is a good answer, too: I then ask somebody else.", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@ada asked for a mentor, and @grace fits best', 'fd9d5410-12b8-54c0-ba00-9d427cd0a486', 40, 'done', 1, '{"id": 4000002, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000002", "node_id": "IC_kwDO003d0902"}', NULL, '2026-02-09 08:00:07.506089+00', '2026-11-01 16:04:41.670206+00', '2026-02-09 08:00:07.820514+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(10, '\x60c134eb5c088a74d78eb5c5c72ef757cc12f19e3fb8b496', 'answers/40001/react to issue_comment 4000005, ffe28cc7-89e8-5335-acfd-33f6372edb89', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 4000005, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000005", "kind": "issue_comment", "node_id": "IC_kwDO003d0905"}, "key": "react to issue_comment 4000005, ffe28cc7-89e8-5335-acfd-33f6372edb89", "number": 5, "content": "+1"}', NULL, NULL, '@ada had a question, and @grace can help', 'ffe28cc7-89e8-5335-acfd-33f6372edb89', 40, 'done', 1, '{"id": 7000003, "node_id": "REA_kwDO006acfc3"}', NULL, '2026-02-09 08:00:09.51049+00', '2026-11-01 16:04:43.611645+00', '2026-02-09 08:00:09.723217+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(33, '\x5bf8f114f7daa809a81b7ef7a48aec55e3f0dd455c949800', 'review_exchange/40001/label ready since 1006/earned/in40001.pr6/pr8', 'review_exchange', 'AddLabel', 70001, 40001, 8, '{"key": "label ready since 1006/earned/in40001.pr6/pr8", "color": "c2e0c6", "label": "exchange: earned", "number": 8, "description": "Its author has earned a review by reviewing others'' pull requests."}', NULL, NULL, 'The review by @ada earned one review, confirmed by @grace (/thanks)', '4a25307a-f2ed-594a-88a0-9787877d5a01', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:17.44758+00', '2026-11-01 17:04:51.969311+00', '2026-02-09 09:00:18.209707+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(52, '\x08315253bfb05004b615defce28e25efe6754612409743dd', 'welcome/40001/person 1009/pull request', 'welcome', 'Comment', 70001, 40001, 9, '{"key": "person 1009/pull request", "body": "Hi @bob, thank you for your first pull request in **tea**. It is good to have you here.\n\n- **What happens next:** the maintainers will look at it. If that takes long, it says nothing about your work.\n- **Until then** nothing is needed from you. If you want to change something, add it to your branch `patch-9`: it shows up here by itself.\n- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that says hello.\n- **A mentor:** would you like one? Write `/mentor me` in a comment, on a line of its own.", "number": 9, "mentions": [{"id": 1009, "login": "bob", "is_bot": false}], "occasion": "celebration"}', 'celebration', NULL, 'first pull request by @bob', '46e1f5a0-afe2-53e3-add0-49e064122360', 32, 'done', 1, '{"id": 4000018, "url": "http://127.0.0.1:45319/octo/tea/pull/9#issuecomment-4000018", "node_id": "IC_kwDO003d0912"}', NULL, '2026-02-09 10:00:24.472188+00', '2026-11-01 18:04:59.528111+00', '2026-02-09 10:00:25.769464+00', false, false, 0, NULL, '[]', '{1009}'),
	(84, '\x03107d5defd1f83a3cea4986040196f45099715f9097c5a7', 'config_check/40001/broken since 9569decb094c7a56328615bbf29056a4a2ddb009', 'config_check', 'OpenIssue', 70001, 40001, 0, '{"key": "broken since 9569decb094c7a56328615bbf29056a4a2ddb009", "body": "There is something in `.github/mentorbot.yml` that I can''t use, as of 9569decb094c7a56328615bbf29056a4a2ddb009:\n\n- Line 15, `review_exchange.chequelist`: There is no key `chequelist`: did you mean `checklist`?\n\nUntil then `review_exchange` goes on as before this change. Everything else works as the file says.\n\nI close this issue as soon as the file is in order.", "title": ".github/mentorbot.yml needs a small repair", "labels": [], "number": 0}', NULL, NULL, '.github/mentorbot.yml on the default branch has one problem', 'cd3eebb8-f316-5763-90a8-f90cbf6d9ba5', 34, 'done', 1, '{"id": 2000012, "url": "http://127.0.0.1:45319/octo/tea/issues/12", "number": 12, "node_id": "I_kwDO001e848c"}', NULL, '2026-03-01 10:00:58.91176+00', '2026-11-21 18:05:32.960698+00', '2026-03-01 10:00:59.063601+00', false, false, 0, NULL, '[]', '{}'),
	(78, '\xdd0718c9ac0e30bb3a43d4d13d9eca303d36f32dc17d569c', 'review_exchange/40001/balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/earned/in40001.pr7', 'review_exchange', 'PublishCheckRun', 70001, 40001, 8, '{"key": "balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/earned/in40001.pr7", "name": "review exchange", "title": "4 credits to spend", "number": 8, "summary": "You have 4 credits. One more review that helped would earn the next.\n\nTo spend a credit on this pull request, write `/exchange` in a comment.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "conclusion": "neutral", "annotations": []}', NULL, '{"trigger": "review_exchange 11"}', 'The review by @ada earned one review, confirmed by 7 days without an objection', NULL, 34, 'done', 1, '{"id": 9300010, "url": "http://127.0.0.1:45319/octo/tea/runs/9300010", "node_id": "CR_kwDO008de82a"}', NULL, '2026-02-16 10:00:40.380605+00', '2026-11-08 18:05:14.663136+00', '2026-02-16 10:00:40.955053+00', false, false, 0, NULL, '[]', '{1006,1008}'),
	(76, '\x0712e28bb36fc93f92ac0b5f4f51de47db673a014034474c', 'mentoring/40001/pair 1006/kettles/3/mentor silent since 2026-02-09/rung 1', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "pair 1006/kettles/3/mentor silent since 2026-02-09/rung 1", "body": "@grace, how is it going with ada for `kettles`? I haven''t seen you here for a while. If life is full, that is fine: `/mentor pause 2 weeks` for a break, or `/mentor change`, and I find somebody else for ada.", "number": 5, "mentions": [{"id": 1007, "login": "grace", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "mentoring 19"}', 'asked again about @ada in kettles: mentor silent since 2026-02-09/rung 1', NULL, 30, 'done', 1, '{"id": 4000029, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000029", "node_id": "IC_kwDO003d091d"}', NULL, '2026-02-16 10:00:39.984587+00', '2026-11-08 18:05:14.243952+00', '2026-02-16 10:00:40.478094+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(9, '\xa570f2496c20266e2f83625e44c9c7b8ba4d156a1e0a42fb', 'answers/40001/answer issue_comment 4000003, 7832029e-f8d6-597b-b618-9185059aedc1', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue_comment 4000003, 7832029e-f8d6-597b-b618-9185059aedc1", "body": "@ada, meet @grace, your mentor for `kettles`. 🎉\n\n- ada: say in a sentence or two what you would like to do first. Ask anything; `/mentor help` before a question brings it to grace.\n- grace: `/mentees` shows how your mentees are doing and what waits for you.\n- Both: `/mentor pause 2 weeks` for a break, `/mentor change` for another match and `/mentor end` work at any time, without a reason.", "number": 5, "mentions": [{"id": 1007, "login": "grace", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@grace and @ada have both agreed: they are a pair', '7832029e-f8d6-597b-b618-9185059aedc1', 40, 'done', 1, '{"id": 4000004, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000004", "node_id": "IC_kwDO003d0904"}', NULL, '2026-02-09 08:00:08.803047+00', '2026-11-01 16:04:42.959057+00', '2026-02-09 08:00:09.10023+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(70, '\x086ccf93d4b76f287c0379daf82c33646c7d43b827b84703', 'answers/40001/react to issue_comment 4000024, 4b2a6cba-6d9f-5c87-8492-64547dcb5556', 'stalled', 'React', 70001, 40001, 10, '{"to": {"id": 4000024, "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000024", "kind": "issue_comment", "node_id": "IC_kwDO003d0918"}, "key": "react to issue_comment 4000024, 4b2a6cba-6d9f-5c87-8492-64547dcb5556", "number": 10, "content": "+1"}', NULL, NULL, '@bob said that it waits for something else', '4b2a6cba-6d9f-5c87-8492-64547dcb5556', 40, 'done', 1, '{"id": 7000011, "node_id": "REA_kwDO006acfcb"}', NULL, '2026-02-09 10:00:31.336468+00', '2026-11-01 18:05:05.709339+00', '2026-02-09 10:00:31.87688+00', false, false, 0, NULL, '[]', '{1009}'),
	(40, '\xf337c5a18082cb80d14f9d09db8e7c870253161a4c8997f2', 'review_exchange/40001/pr8/label wanted since no1/spent', 'review_exchange', 'AddLabel', 70001, 40001, 8, '{"key": "pr8/label wanted since no1/spent", "color": "fbca04", "label": "exchange: review wanted", "number": 8, "description": "Its author has earned a review. Who has a look?"}', NULL, NULL, '@ada spent their free first review on this pull request', '76c81510-3bcc-5cd0-adee-d3fcc22ea088', 34, 'done', 1, '{}', NULL, '2026-02-09 09:00:20.226855+00', '2026-11-01 17:04:54.377006+00', '2026-02-09 09:00:20.655458+00', false, false, 0, NULL, '[]', '{1006}'),
	(79, '\x261a499ed7bc09201a4d08f7d89238b63b8a25400122373e', 'mentoring/40001/pair 1006/kettles/4/mentee silent since 2026-02-09/rung 1', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "pair 1006/kettles/4/mentee silent since 2026-02-09/rung 1", "body": "@ada, how are you doing? No hurry at all: if something is in your way, say what it is, even if it seems small. If you are busy elsewhere, `/mentor pause 4 weeks` keeps your mentor for you.\n\n@grace, it is often one small obstacle. A question that can be answered in a sentence helps most, such as “What did you try last?”", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}, {"id": 1007, "login": "grace", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "mentoring 19"}', 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', NULL, 30, 'dropped', 0, NULL, 'held back, as I wrote here unasked on 16 February and do so at most once in 7 business days', '2026-02-23 10:00:52.284876+00', NULL, NULL, false, false, 0, NULL, '[]', '{1006,1007}'),
	(44, '\xcbd5ab97d24cb2df40596377aa8a09c3230ebeaaaa3208d1', 'answers/40001/answer issue_comment 4000015, cf6869e4-1650-54ce-b7ca-d89fad1d401f', 'review_exchange', 'Comment', 70001, 40001, 8, '{"key": "answer issue_comment 4000015, cf6869e4-1650-54ce-b7ca-d89fad1d401f", "body": "You have 3 credits. One more review that helped would earn the next.\n\nWaiting to be confirmed: #7. They count when their authors say so (👍 or `/thanks`), or after 7 days.\n\n<details><summary>Where it comes from</summary>\n\n- 9 February 2026: −1, spent in #8 (\\/exchange)\n- 9 February 2026: +1, gifted in #8 (a newcomer''s first pull request)\n- 9 February 2026: +2, gifted in #8 (for the docs, by olga)\n- 9 February 2026: +1, earned in #6 (\\/thanks, by grace)\n\n</details>", "number": 8, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@ada asked what @ada has: 3 credits', 'cf6869e4-1650-54ce-b7ca-d89fad1d401f', 40, 'done', 1, '{"id": 4000017, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000017", "node_id": "IC_kwDO003d0911"}', NULL, '2026-02-09 10:00:22.322166+00', '2026-11-01 18:04:56.45253+00', '2026-02-09 10:00:22.610383+00', false, false, 0, NULL, '[]', '{1004,1006,1007,1008}'),
	(81, '\x9d71640ff02cfa6b1a9a3154706cc98277bb49fa8a670b31', 'stalled/40001/pull request 7/author since 2026-02-09/rung 1', 'stalled', 'Comment', 70001, 40001, 7, '{"key": "pull request 7/author since 2026-02-09/rung 1", "body": "Hi @hedy, a small reminder, in case this slipped by: as far as I can see, this pull request has been waiting for you since 9 February. The author hasn''t answered ada yet.\n\nThis is what I go by:\n\n- ada wrote on 9 February 2026: “Why not a cup for two?” ([there](http://127.0.0.1:45319/octo/tea/pull/7#discussion_r6000001))\n\nPushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n- `/ready` if it is done already, or isn''t your turn at all: I believe you.\n- `/snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n- `/blocked` and a few words if something else has to happen first.\n\nThere is no deadline: nothing gets closed by me.", "number": 7, "mentions": [{"id": 1008, "login": "hedy", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "stalled 21"}', 'A reminder for @hedy: the ball is with the author since 9 February', NULL, 30, 'done', 1, '{"id": 4000030, "url": "http://127.0.0.1:45319/octo/tea/pull/7#issuecomment-4000030", "node_id": "IC_kwDO003d091e"}', NULL, '2026-02-23 10:00:52.877058+00', '2026-11-15 18:05:27.343001+00', '2026-02-23 10:00:53.507475+00', false, false, 0, NULL, '[]', '{1006,1008}'),
	(37, '\x25baf4678b2a4b9c16d4546b4ff66c9da1a704a8e0155d3c', 'answers/40001/react to issue_comment 4000011, 5c675468-2ac6-5b8a-b4a7-f905008d583f', 'review_exchange', 'React', 70001, 40001, 8, '{"to": {"id": 4000011, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000011", "kind": "issue_comment", "node_id": "IC_kwDO003d090b"}, "key": "react to issue_comment 4000011, 5c675468-2ac6-5b8a-b4a7-f905008d583f", "number": 8, "content": "hooray"}', NULL, NULL, '@olga gave @ada 2 credits: for the docs', '5c675468-2ac6-5b8a-b4a7-f905008d583f', 40, 'done', 1, '{"id": 7000006, "node_id": "REA_kwDO006acfc6"}', NULL, '2026-02-09 09:00:18.948534+00', '2026-11-01 17:04:53.041316+00', '2026-02-09 09:00:19.241587+00', false, false, 0, NULL, '[]', '{1004,1006}'),
	(69, '\xf7bb5bcac9bf8df7dbc05ca02f59391cb6042497ee1a64f5', 'stalled/40001/pull request 10/label waiting: author off after 1 changes', 'stalled', 'RemoveLabel', 70001, 40001, 10, '{"key": "pull request 10/label waiting: author off after 1 changes", "label": "waiting: author", "number": 10}', NULL, NULL, '@bob said that it waits for something else', '4b2a6cba-6d9f-5c87-8492-64547dcb5556', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:31.336468+00', '2026-11-01 18:05:05.73314+00', '2026-02-09 10:00:31.955816+00', false, false, 0, NULL, '[]', '{1009}'),
	(13, '\x9ee87aa4035053913b4c0a97106afaadf5f9a8f6ffa19233', 'answers/40001/answer issue_comment 4000007, 4fe78148-5be5-5e55-97e4-4269186484a6', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "answer issue_comment 4000007, 4fe78148-5be5-5e55-97e4-4269186484a6", "body": "Enjoy it. I ask nothing of you until 12 February 2026.", "number": 5, "mentions": [{"id": 1008, "login": "hedy", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@hedy is away until 2026-02-12', '4fe78148-5be5-5e55-97e4-4269186484a6', 40, 'done', 1, '{"id": 4000008, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000008", "node_id": "IC_kwDO003d0908"}', NULL, '2026-02-09 08:00:10.217422+00', '2026-11-01 16:04:44.288656+00', '2026-02-09 08:00:10.419173+00', false, false, 0, NULL, '[]', '{1008}'),
	(36, '\x6e06297a6648c9ce519e6355082f2297d79248263bc6359f', 'review_exchange/40001/balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/gifted/in40001.pr8/by issue_comment-4000011', 'review_exchange', 'PublishCheckRun', 70001, 40001, 8, '{"key": "balance on 7869a8af679f54c5a8920355df9a9f71949c72e2 since 1006/gifted/in40001.pr8/by issue_comment-4000011", "name": "review exchange", "title": "3 credits to spend", "number": 8, "summary": "You have 3 credits. One more review that helped would earn the next.\n\nTo spend a credit on this pull request, write `/exchange` in a comment.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@olga gave @ada 2 credits: for the docs', '5c675468-2ac6-5b8a-b4a7-f905008d583f', 34, 'done', 1, '{"id": 9300007, "url": "http://127.0.0.1:45319/octo/tea/runs/9300007", "node_id": "CR_kwDO008de827"}', NULL, '2026-02-09 09:00:18.948534+00', '2026-11-01 17:04:53.059262+00', '2026-02-09 09:00:19.27781+00', false, false, 0, NULL, '[]', '{1004,1006}'),
	(85, '\xd2bebf6dbecc8b98341413e71abc9cb8aa9d3456d66ac63a', 'review_exchange/40001/balance on 212cfc9ac2221859c4a8fe3747acc74e39abe2be since 1007/refused/in40001.pr8/same_day_swap', 'review_exchange', 'PublishCheckRun', 70001, 40001, 13, '{"key": "balance on 212cfc9ac2221859c4a8fe3747acc74e39abe2be since 1007/refused/in40001.pr8/same_day_swap", "name": "review exchange", "title": "No credit yet", "number": 13, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "212cfc9ac2221859c4a8fe3747acc74e39abe2be", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@grace has no credit yet', '6975bd52-ec04-5098-8ffb-c9f0367ea9fb', 34, 'done', 1, '{"id": 9300011, "url": "http://127.0.0.1:45319/octo/tea/runs/9300011", "node_id": "CR_kwDO008de82b"}', NULL, '2026-03-01 10:00:59.465373+00', '2026-11-21 18:05:33.531826+00', '2026-03-01 10:00:59.63208+00', false, false, 0, NULL, '[]', '{1007}'),
	(86, '\x9f2d6ed4e6f6efc342a5c67116da5d35ea0162efc9688d79', 'stalled/40001/pull request 13/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 13, '{"key": "pull request 13/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 13, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', '6975bd52-ec04-5098-8ffb-c9f0367ea9fb', 34, 'due', 1, NULL, NULL, '2026-03-01 10:00:59.465373+00', '2026-11-21 18:05:33.693702+00', NULL, false, false, 0, NULL, '[]', '{}'),
	(5, '\xeac6f47ddaedc30fab77bc4921dac82262768b72bbf4ea85', 'welcome/40001/person 1006/issue', 'welcome', 'Comment', 70001, 40001, 5, '{"key": "person 1006/issue", "body": "Hi @ada, thank you for your first issue in **tea**. It is good to have you here.\n\n- **What happens next:** the maintainers will look at it. If that takes long, it says nothing about your work.\n- **Until then** nothing is needed from you. If you think of something that helps others to see what you saw (what you did, what happened, what you had expected), add it in a comment.\n- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that says hello.\n- **A mentor:** would you like one? Write `/mentor me` in a comment, on a line of its own.", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "celebration"}', 'celebration', NULL, 'first issue by @ada', 'fd9d5410-12b8-54c0-ba00-9d427cd0a486', 32, 'done', 1, '{"id": 4000001, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000001", "node_id": "IC_kwDO003d0901"}', NULL, '2026-02-09 08:00:07.041483+00', '2026-11-01 16:04:41.099902+00', '2026-02-09 08:00:07.331194+00', false, false, 0, NULL, '[]', '{1006}'),
	(82, '\xa45b21d8448d1bb31e0e89559f70f958c390282c5dc2f590', 'mentoring/40001/pair 1006/kettles/5/mentee silent since 2026-02-09/rung 1', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "pair 1006/kettles/5/mentee silent since 2026-02-09/rung 1", "body": "@ada, how are you doing? No hurry at all: if something is in your way, say what it is, even if it seems small. If you are busy elsewhere, `/mentor pause 4 weeks` keeps your mentor for you.\n\n@grace, it is often one small obstacle. A question that can be answered in a sentence helps most, such as “What did you try last?”", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}, {"id": 1007, "login": "grace", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "mentoring 19"}', 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', NULL, 30, 'dropped', 0, NULL, 'held back, as I wrote here unasked on 16 February and do so at most once in 7 business days', '2026-02-24 10:00:54.244095+00', NULL, NULL, false, false, 0, NULL, '[]', '{1006,1007}'),
	(6, '\x7b2ac81866d4458c180ad96bdacad832aee28d4a30346217', 'answers/40001/react to issue 5, fd9d5410-12b8-54c0-ba00-9d427cd0a486', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 5, "url": "http://127.0.0.1:45319/octo/tea/issues/5", "kind": "issue", "node_id": "I_kwDO001e8485"}, "key": "react to issue 5, fd9d5410-12b8-54c0-ba00-9d427cd0a486", "number": 5, "content": "+1"}', NULL, NULL, '@ada asked for a mentor, and @grace fits best', 'fd9d5410-12b8-54c0-ba00-9d427cd0a486', 40, 'done', 1, '{"id": 7000001, "node_id": "REA_kwDO006acfc1"}', NULL, '2026-02-09 08:00:07.506089+00', '2026-11-01 16:04:41.632471+00', '2026-02-09 08:00:07.779453+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(16, '\x5c9683aafd6ee32e9e6194cd6d6001754586c536d0404b61', 'review_exchange/40001/balance on eb13d0e3ab30ec7384bb69e261a52527e002e29c since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 7, '{"key": "balance on eb13d0e3ab30ec7384bb69e261a52527e002e29c since the beginning", "name": "review exchange", "title": "No credit yet", "number": 7, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@hedy has no credit yet', '5b116b08-5ac1-5929-9666-c25606a325bd', 34, 'done', 1, '{"id": 9300004, "url": "http://127.0.0.1:45319/octo/tea/runs/9300004", "node_id": "CR_kwDO008de824"}', NULL, '2026-02-09 08:00:11.364765+00', '2026-11-01 16:04:45.718129+00', '2026-02-09 08:00:11.911969+00', false, false, 0, NULL, '[]', '{1008}'),
	(12, '\xf9ee278fc0139f719e368254e6399cdfdb421faa1a0af822', 'answers/40001/react to issue_comment 4000007, 4fe78148-5be5-5e55-97e4-4269186484a6', 'mentoring', 'React', 70001, 40001, 5, '{"to": {"id": 4000007, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000007", "kind": "issue_comment", "node_id": "IC_kwDO003d0907"}, "key": "react to issue_comment 4000007, 4fe78148-5be5-5e55-97e4-4269186484a6", "number": 5, "content": "+1"}', NULL, NULL, '@hedy is away until 2026-02-12', '4fe78148-5be5-5e55-97e4-4269186484a6', 40, 'done', 1, '{"id": 7000004, "node_id": "REA_kwDO006acfc4"}', NULL, '2026-02-09 08:00:10.217422+00', '2026-11-01 16:04:44.281323+00', '2026-02-09 08:00:10.398146+00', false, false, 0, NULL, '[]', '{1008}'),
	(49, '\xe569d78fca2644dfd7586a1c0c7304452e95d489fd96dc6b', 'stalled/40001/pull request 9/label waiting: reviewers on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 9, '{"key": "pull request 9/label waiting: reviewers on after 0 changes", "color": "0e8a16", "label": "waiting: reviewers", "number": 9, "description": "It is the reviewers'' turn"}', NULL, NULL, 'It is the reviewers'' turn: Nobody has asked the author for anything.', '46e1f5a0-afe2-53e3-add0-49e064122360', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:24.472188+00', '2026-11-01 18:04:58.9936+00', '2026-02-09 10:00:25.248677+00', false, false, 0, NULL, '[]', '{}'),
	(63, '\x3567511e42ff8895e72b63de27044d163191b3865337809e', 'review_exchange/40001/balance on c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412 since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 10, '{"key": "balance on c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412 since the beginning", "name": "review exchange", "title": "No credit yet", "number": 10, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@bob has no credit yet', '7f2cc70b-1bb5-5c71-9905-2c184cbe7797', 34, 'done', 1, '{"id": 9300009, "url": "http://127.0.0.1:45319/octo/tea/runs/9300009", "node_id": "CR_kwDO008de829"}', NULL, '2026-02-09 10:00:29.647032+00', '2026-11-01 18:05:03.915301+00', '2026-02-09 10:00:30.058744+00', false, false, 0, NULL, '[]', '{1009}'),
	(20, '\xcaa66edd44b257c0ab36758584f02905f91ded0cad7acaba', 'welcome/40001/person 1006/pull request', 'welcome', 'Comment', 70001, 40001, 8, '{"key": "person 1006/pull request", "body": "Hi @ada, good to see you again, and thank you for your first pull request in **tea**.\n\n- **What happens next:** the maintainers will look at it. If that takes long, it says nothing about your work.\n- **Until then** nothing is needed from you. If you want to change something, add it to your branch `patch-8`: it shows up here by itself.\n- **Questions?** Ask in a comment right here, whatever it is about. People read it; I am only the bot that says hello.\n- **A mentor:** would you like one? Write `/mentor me` in a comment, on a line of its own.", "number": 8, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "celebration"}', 'celebration', NULL, 'first pull request by @ada, who had opened an issue before', '27132a94-dc8b-53e7-995b-fa0028bb646a', 32, 'done', 1, '{"id": 4000009, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000009", "node_id": "IC_kwDO003d0909"}', NULL, '2026-02-09 08:00:11.491328+00', '2026-11-01 16:04:46.801313+00', '2026-02-09 08:00:13.071503+00', false, false, 0, NULL, '[]', '{1006}'),
	(72, '\x9b706df6b81bfee09fd0ee422bd846163d3c7eda4c9e7e9d', 'answers/40001/answer issue_comment 4000026, d6c90b4a-3960-5d8a-95ea-b40271ec3c6c', 'help', 'Comment', 70001, 40001, 11, '{"key": "answer issue_comment 4000026, d6c90b4a-3960-5d8a-95ea-b40271ec3c6c", "body": "I say nothing unasked-for here until 9 February 2027, 10:00 UTC. `/mentorbot unmute` ends that.", "number": 11, "mentions": [{"id": 1004, "login": "olga", "is_bot": false}], "occasion": "answer"}', 'answer', NULL, '@olga asked for silence here until 9 February 2027, 10:00 UTC', 'd6c90b4a-3960-5d8a-95ea-b40271ec3c6c', 40, 'done', 1, '{"id": 4000028, "url": "http://127.0.0.1:45319/octo/tea/issues/11#issuecomment-4000028", "node_id": "IC_kwDO003d091c"}', NULL, '2026-02-09 10:00:31.869534+00', '2026-11-01 18:05:06.145816+00', '2026-02-09 10:00:32.311341+00', false, false, 0, NULL, '[]', '{1004}'),
	(80, '\x827b91898bd4fb2c68545a398f0af499e6633ebefa8b52d5', 'stalled/40001/pull request 8/author since 2026-02-09/rung 1', 'stalled', 'Comment', 70001, 40001, 8, '{"key": "pull request 8/author since 2026-02-09/rung 1", "body": "Hi @ada, a small reminder, in case this slipped by: as far as I can see, this pull request has been waiting for you since 9 February. The author hasn''t answered grace yet.\n\nThis is what I go by:\n\n- grace asked for changes on 9 February 2026: “Could you add a test for cold water, @​ada?” ([there](http://127.0.0.1:45319/octo/tea/pull/8#pullrequestreview-5000003))\n\nPushing commits or simply answering is all it takes. Or write, on a line of its own:\n\n- `/ready` if it is done already, or isn''t your turn at all: I believe you.\n- `/snooze 3 weeks` if you have no time just now: I keep quiet for as long as you like.\n- `/blocked` and a few words if something else has to happen first.\n\nThere is no deadline: nothing gets closed by me.", "number": 8, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "stalled 21"}', 'A reminder for @ada: the ball is with the author since 9 February', NULL, 30, 'done', 1, '{"id": 4000031, "url": "http://127.0.0.1:45319/octo/tea/pull/8#issuecomment-4000031", "node_id": "IC_kwDO003d091f"}', NULL, '2026-02-23 10:00:52.877058+00', '2026-11-15 18:05:27.355055+00', '2026-02-23 10:00:53.601373+00', false, false, 0, NULL, '[]', '{1006,1007}'),
	(3, '\x6cf7630bbca9a7a9bfb2e831bcb26614007e3111659343ad', 'review_exchange/40001/balance on fb68d81ed75653fa0a84e01a54efcb0771d2239c since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 4, '{"key": "balance on fb68d81ed75653fa0a84e01a54efcb0771d2239c since the beginning", "name": "review exchange", "title": "No credit yet", "number": 4, "summary": "You have no credit yet. One more review that helped would earn the next.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "fb68d81ed75653fa0a84e01a54efcb0771d2239c", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@hedy has no credit yet', '5c045eda-83ab-5c0d-b5dd-94ff2cbfa57d', 34, 'done', 1, '{"id": 9300002, "url": "http://127.0.0.1:45319/octo/tea/runs/9300002", "node_id": "CR_kwDO008de822"}', NULL, '2026-02-09 08:00:05.314588+00', '2026-11-01 16:04:39.729788+00', '2026-02-09 08:00:06.044399+00', false, false, 0, NULL, '[]', '{1008}'),
	(64, '\x1a8b661aa8a9610e8d8bf6ee56814b1857974321ee8c417f', 'stalled/40001/pull request 10/label waiting: author on after 0 changes', 'stalled', 'AddLabel', 70001, 40001, 10, '{"key": "pull request 10/label waiting: author on after 0 changes", "color": "fbca04", "label": "waiting: author", "number": 10, "description": "It is the author''s turn"}', NULL, NULL, 'It is the author''s turn: Its title says that it isn''t finished, so its author is still at work on it.', '7f2cc70b-1bb5-5c71-9905-2c184cbe7797', 34, 'done', 1, '{}', NULL, '2026-02-09 10:00:29.647032+00', '2026-11-01 18:05:04.197178+00', '2026-02-09 10:00:30.331693+00', false, false, 0, NULL, '[]', '{}'),
	(77, '\xb1fe7a68fca5cedc34da6eb21dff91576a5d2ea25b3052fc', 'review_exchange/40001/label ready since 1006/earned/in40001.pr7/pr8', 'review_exchange', 'AddLabel', 70001, 40001, 8, '{"key": "label ready since 1006/earned/in40001.pr7/pr8", "color": "c2e0c6", "label": "exchange: earned", "number": 8, "description": "Its author has earned a review by reviewing others'' pull requests."}', NULL, '{"trigger": "review_exchange 11"}', 'The review by @ada earned one review, confirmed by 7 days without an objection', NULL, 34, 'done', 1, '{}', NULL, '2026-02-16 10:00:40.380605+00', '2026-11-08 18:05:15.031572+00', '2026-02-16 10:00:41.193682+00', false, false, 0, NULL, '[]', '{1006,1008}'),
	(47, '\x249f2245093ad6b6bf44232a7933f9630c44557e9b7b9bad', 'review_exchange/40001/balance on 22167576033d2a5de1e3f4aa908d8ca1d66601b0 since the beginning', 'review_exchange', 'PublishCheckRun', 70001, 40001, 9, '{"key": "balance on 22167576033d2a5de1e3f4aa908d8ca1d66601b0 since the beginning", "name": "review exchange", "title": "A first review is free: write /exchange", "number": 9, "summary": "As this is your first pull request here, a review of it is on us: write `/exchange` in a comment, and somebody is asked.\n\n`/suggest reviews` finds three pull requests that suit you.\n\nThis is an offer, not a condition: every pull request gets looked at without it, too.", "head_sha": "22167576033d2a5de1e3f4aa908d8ca1d66601b0", "conclusion": "neutral", "annotations": []}', NULL, NULL, '@bob has no credit yet', '46e1f5a0-afe2-53e3-add0-49e064122360', 34, 'done', 1, '{"id": 9300008, "url": "http://127.0.0.1:45319/octo/tea/runs/9300008", "node_id": "CR_kwDO008de828"}', NULL, '2026-02-09 10:00:24.472188+00', '2026-11-01 18:04:58.724952+00', '2026-02-09 10:00:24.856024+00', false, false, 0, NULL, '[]', '{1009}'),
	(68, '\xdfbab02f599c62771a309f7c8a0cff6ff85f7925768c1433', NULL, 'welcome', 'Comment', 70001, 40001, 11, '{}', 'celebration', NULL, 'somebody who asked to be forgotten', NULL, 32, 'done', 1, NULL, NULL, '2026-02-09 10:00:31.164178+00', '2026-11-01 18:05:05.355418+00', '2026-02-09 10:00:31.592592+00', false, false, 0, NULL, '[]', '{}'),
	(83, '\x14a7aa6b742bd18660008d71baf585b455b20d167973bb3f', 'mentoring/40001/pair 1006/kettles/6/mentee silent since 2026-02-09/rung 1', 'mentoring', 'Comment', 70001, 40001, 5, '{"key": "pair 1006/kettles/6/mentee silent since 2026-02-09/rung 1", "body": "@ada, how are you doing? No hurry at all: if something is in your way, say what it is, even if it seems small. If you are busy elsewhere, `/mentor pause 4 weeks` keeps your mentor for you.\n\n@grace, it is often one small obstacle. A question that can be answered in a sentence helps most, such as “What did you try last?”", "number": 5, "mentions": [{"id": 1006, "login": "ada", "is_bot": false}, {"id": 1007, "login": "grace", "is_bot": false}], "occasion": "nudge"}', 'nudge', '{"trigger": "mentoring 19"}', 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', NULL, 30, 'parked', 1, '{"id": 4000032, "url": "http://127.0.0.1:45319/octo/tea/issues/5#issuecomment-4000032", "node_id": "IC_kwDO003d0920"}', 'GitHub answered 422: Validation Failed', '2026-02-25 10:00:55.119408+00', '2026-11-17 18:05:29.206872+00', '2026-02-25 10:00:55.433024+00', false, false, 0, NULL, '[]', '{1006,1007}');


INSERT INTO public.forgotten VALUES
	('\x905bf1788dad14045d40e05864bacb92e4bc2fa02f1589a29bfc8d596eaedacd', '2026-11-21 18:05:34.25624+00');


INSERT INTO public.installations VALUES
	(70001, 1005, 'octo', 'active', '2026-02-09 08:00:03.106895+00');


INSERT INTO public.journal VALUES
	(1, '2026-02-09 08:00:04.05288+00', 'welcome', false, '@grace belongs to the project', 40001, 1, 1007, 'e56e9ad7-ebb3-524f-be79-0e05ea430c86', NULL, false, NULL, '{1007}'),
	(2, '2026-02-09 08:00:04.780362+00', 'welcome', false, '@hedy belongs to the project', 40001, 3, 1008, 'e1c104a5-9026-58cb-ae8e-db0a8e4b69fd', NULL, false, NULL, '{1008}'),
	(3, '2026-02-09 08:00:04.177646+00', 'review_exchange', true, '@grace has no credit yet', 40001, 2, 1007, 'e6ca2f68-d47d-54fa-a61a-a94815d1befb', NULL, false, '3abf005e-5045-4c8e-b213-c890061d8537', '{1007}'),
	(4, '2026-02-09 08:00:04.804721+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 2, 1007, 'e6ca2f68-d47d-54fa-a61a-a94815d1befb', NULL, false, 'ba87f5cf-9f52-4fdf-adf1-c076900ccf71', '{}'),
	(5, '2026-02-09 08:00:05.010592+00', 'welcome', false, '@grace belongs to the project', 40001, 2, 1007, 'e6ca2f68-d47d-54fa-a61a-a94815d1befb', NULL, false, NULL, '{1007}'),
	(6, '2026-02-09 08:00:05.132141+00', 'review_exchange', true, '@hedy has no credit yet', 40001, 4, 1008, '5c045eda-83ab-5c0d-b5dd-94ff2cbfa57d', NULL, false, '9593ec1f-acb3-4785-8ad8-ed880bc82e24', '{1008}'),
	(7, '2026-02-09 08:00:05.222198+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 4, 1008, '5c045eda-83ab-5c0d-b5dd-94ff2cbfa57d', NULL, false, '610a66b2-19f9-4d51-83a9-e7628857d123', '{}'),
	(8, '2026-02-09 08:00:05.296497+00', 'welcome', false, '@hedy belongs to the project', 40001, 4, 1008, '5c045eda-83ab-5c0d-b5dd-94ff2cbfa57d', NULL, false, NULL, '{1008}'),
	(9, '2026-02-09 08:00:05.523769+00', 'first_merge', false, '@grace belongs to the project: a first merge is nothing new to them', 40001, 2, 1004, 'd54706c8-b31a-51a2-846f-1673985799a9', NULL, false, NULL, '{1007}'),
	(10, '2026-02-09 08:00:06.061109+00', 'first_merge', false, '@hedy belongs to the project: a first merge is nothing new to them', 40001, 4, 1004, '5b9cdac5-9845-5c69-b690-530890682ee5', NULL, false, NULL, '{1008}'),
	(11, '2026-02-09 08:00:07.033604+00', 'welcome', true, 'first issue by @ada', 40001, 5, 1006, 'fd9d5410-12b8-54c0-ba00-9d427cd0a486', NULL, false, '98c14727-b8b8-474a-8884-43685e92c673', '{1006}'),
	(12, '2026-02-09 08:00:07.143668+00', 'mentoring', true, '@ada asked for a mentor, and @grace fits best', 40001, 5, 1006, 'fd9d5410-12b8-54c0-ba00-9d427cd0a486', NULL, false, 'b9738e1e-565f-469f-85de-14f47f688812', '{1006,1007}'),
	(13, '2026-02-09 08:00:08.205996+00', 'mentoring', true, '@grace and @ada have both agreed: they are a pair', 40001, 5, 1007, '7832029e-f8d6-597b-b618-9185059aedc1', NULL, false, 'fe6bbcb1-5c44-41af-8992-5fc9466a23fc', '{1006,1007}'),
	(14, '2026-02-09 08:00:09.411544+00', 'mentoring', true, '@ada had a question, and @grace can help', 40001, 5, 1006, 'ffe28cc7-89e8-5335-acfd-33f6372edb89', NULL, false, 'a7179cf6-717c-4abc-a99b-04246a374783', '{1006,1007}'),
	(15, '2026-02-09 08:00:10.127907+00', 'mentoring', true, '@hedy is away until 2026-02-12', 40001, 5, 1008, '4fe78148-5be5-5e55-97e4-4269186484a6', NULL, false, '848d82f5-bbb4-4524-a6a1-3b25047b906a', '{1008}'),
	(16, '2026-02-09 08:00:10.928946+00', 'review_exchange', true, '@grace has no credit yet', 40001, 6, 1007, 'd2cb29d4-7eb9-5ea8-9b9a-5a3e2c066b8d', NULL, false, '3449b977-97a1-4a1d-97b0-fcebff5f0ada', '{1007}'),
	(17, '2026-02-09 08:00:11.03197+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 6, 1007, 'd2cb29d4-7eb9-5ea8-9b9a-5a3e2c066b8d', NULL, false, 'b2e411ce-eb89-4c85-a4a0-3d22904e4fb1', '{}'),
	(18, '2026-02-09 08:00:11.16784+00', 'welcome', false, '@grace belongs to the project', 40001, 6, 1007, 'd2cb29d4-7eb9-5ea8-9b9a-5a3e2c066b8d', NULL, false, NULL, '{1007}'),
	(19, '2026-02-09 08:00:11.103111+00', 'review_exchange', true, '@hedy has no credit yet', 40001, 7, 1008, '5b116b08-5ac1-5929-9666-c25606a325bd', NULL, false, '48ae082c-eba9-4bc8-8950-fb8528606b42', '{1008}'),
	(20, '2026-02-09 08:00:11.22352+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 7, 1008, '5b116b08-5ac1-5929-9666-c25606a325bd', NULL, false, '30be7de7-8b20-42ec-9e62-59293822e43c', '{}'),
	(21, '2026-02-09 08:00:11.163166+00', 'review_exchange', true, '@ada has no credit yet', 40001, 8, 1006, '27132a94-dc8b-53e7-995b-fa0028bb646a', NULL, false, '816a0fde-53e7-436a-b692-76a803ed4bb0', '{1006}'),
	(22, '2026-02-09 08:00:11.344331+00', 'welcome', false, '@hedy belongs to the project', 40001, 7, 1008, '5b116b08-5ac1-5929-9666-c25606a325bd', NULL, false, NULL, '{1008}'),
	(23, '2026-02-09 08:00:11.259506+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 8, 1006, '27132a94-dc8b-53e7-995b-fa0028bb646a', NULL, false, '0dc4f302-b460-49de-bbfa-ef94bd0157a0', '{}'),
	(24, '2026-02-09 08:00:11.411695+00', 'welcome', true, 'first pull request by @ada, who had opened an issue before', 40001, 8, 1006, '27132a94-dc8b-53e7-995b-fa0028bb646a', NULL, false, 'a8add15a-68aa-4691-a139-4c8eb697328e', '{1006}'),
	(25, '2026-02-09 08:00:12.379666+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '39264c8e-dca5-5c23-97f7-2f5004557a50', NULL, false, '0e73f403-d194-40a8-bbfe-8b0d34ed5d66', '{}'),
	(26, '2026-02-09 08:00:12.651592+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, 'e1eae993-e37d-5a42-a8f7-96ad433cdc8d', NULL, false, '7e3b6dd5-5c1c-4223-85e6-5960d54c0878', '{}'),
	(27, '2026-02-09 08:00:13.041724+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, 'd1a7ffa3-8901-5b95-abed-1bee6a6f5177', NULL, false, 'da8481f3-dd43-4dfe-b579-dc9a8600375d', '{}'),
	(28, '2026-02-09 08:00:13.094328+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '9dc1dd8a-4a07-5243-9cc6-804d3392a177', NULL, false, '3052791a-3b96-46c5-8072-550dbacde38a', '{}'),
	(29, '2026-02-09 08:00:13.171269+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, 'd4a7ba2d-97ee-5f43-a77c-3fe0436703d6', NULL, false, '4482c085-74bc-4622-996b-75be13235da3', '{}'),
	(30, '2026-02-09 08:00:13.475131+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '75e51752-fb73-5e33-8538-5e80c8204836', NULL, false, 'bc77e896-4d4f-4396-b787-7ac544c680a2', '{}'),
	(33, '2026-02-09 09:00:15.291475+00', 'review_exchange', false, 'The review by @ada counts as one review, unless somebody disputes it', 40001, 6, 1006, '2ff6697b-be63-5f3f-ae81-ffe065775835', NULL, false, NULL, '{1006,1007}'),
	(34, '2026-02-09 09:00:15.372426+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered ada yet.', 40001, 6, 1006, '2ff6697b-be63-5f3f-ae81-ffe065775835', NULL, false, '86a26316-4460-4a49-a08a-727f3920d02e', '{1006}'),
	(35, '2026-02-09 09:00:15.421174+00', 'review_exchange', false, 'What @ada gave is no review that counts so far: a few words on what they looked at, a question on a line, or what they tried out would make it one', 40001, 7, 1006, '1275110a-9fa5-5e94-b342-cd502b6cee66', NULL, false, NULL, '{1006}'),
	(36, '2026-02-09 09:00:15.912977+00', 'review_exchange', false, 'The review by @ada counts as one review, unless somebody disputes it', 40001, 7, 1006, '867395e5-15fc-5ab3-bc28-354fda6f103f', NULL, false, NULL, '{1006,1008}'),
	(37, '2026-02-09 09:00:16.068376+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered ada yet.', 40001, 6, 1002, 'b83e3660-c103-5a51-8f23-c9153bab5a9b', NULL, false, '62f221ff-8c0f-430f-b28e-b604177e1d41', '{1006}'),
	(47, '2026-02-09 10:00:22.676734+00', 'review_exchange', true, 'somebody has begun to look at it', 40001, 8, 1007, '5b9d95cf-8a96-5be4-adbe-c9b26c6a6e88', NULL, false, '6773fb2d-55ca-4090-9219-a9ef8e49abe4', '{1006}'),
	(38, '2026-02-09 09:00:16.01808+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered ada yet.', 40001, 7, 1006, '867395e5-15fc-5ab3-bc28-354fda6f103f', NULL, false, 'c2ef57e2-8a22-482f-a301-930c38961183', '{1006}'),
	(39, '2026-02-09 09:00:16.717167+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered ada yet.', 40001, 7, 1002, '6c3d07c1-e9e7-5213-9c43-c7b4eeecaa81', NULL, false, '88494ed4-e582-4832-beeb-26a5365eddd7', '{1006}'),
	(40, '2026-02-09 09:00:17.351921+00', 'review_exchange', true, 'The review by @ada earned one review, confirmed by @grace (/thanks)', 40001, 6, 1007, '4a25307a-f2ed-594a-88a0-9787877d5a01', NULL, false, '061448ef-2585-456f-8e52-cb689d734eed', '{1006,1007}'),
	(49, '2026-02-09 10:00:24.247242+00', 'review_exchange', true, 'The review by @grace doesn''t count (same_day_swap): its author reviewed theirs on the same day, and of two such reviews the first one counts; @ada got the review that a credit was spent for, from @grace', 40001, 8, 1007, 'b5dabfc6-c9ef-5c6c-a500-189bd519706a', NULL, false, 'f0bad2dd-2ba5-4cc3-bfa4-ff44418c8e4d', '{1006,1007}'),
	(51, '2026-02-09 10:00:24.337352+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered grace yet.', 40001, 8, 1007, 'b5dabfc6-c9ef-5c6c-a500-189bd519706a', NULL, false, '4b0ea2df-1de1-440a-a9e2-7570ab759b68', '{1007}'),
	(54, '2026-02-09 10:00:25.506238+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '6dc47f34-ed27-5b31-aedc-f4ec1089709b', NULL, false, '50e48eea-1065-4f5b-b607-c71348cfd2da', '{}'),
	(55, '2026-02-09 10:00:25.678086+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered grace yet.', 40001, 8, 1002, '8b17b9cd-a580-58eb-a543-8819fd44d940', NULL, false, 'e4baf8ec-a4f9-428b-9537-34c81848c0ed', '{1007}'),
	(59, '2026-02-09 10:00:28.754418+00', 'mentoring', true, '@olga opted out of mentoring', 40001, 5, 1004, 'b6907541-c9de-5086-b6b4-c462656b8358', NULL, false, '2c78e14d-99d2-4147-93b8-2ed6484feb00', '{1004}'),
	(67, '2026-02-09 10:00:31.191779+00', 'stalled', true, '@bob said that it waits for something else', 40001, 10, 1009, '4b2a6cba-6d9f-5c87-8492-64547dcb5556', NULL, false, '1f57a2ae-d1ba-4731-b4d6-23c386ef98e9', '{1009}'),
	(44, '2026-02-15 10:00:39.048175+00', 'review_exchange', false, 'The review by @ada counts on 16 February', 40001, 7, NULL, NULL, 'review_exchange 7', false, NULL, '{1006}'),
	(107, '2026-02-23 10:00:52.666167+00', 'stalled', false, 'Nothing waits for reviewers for longer than it should', 40001, NULL, NULL, NULL, 'stalled None', false, NULL, '{}'),
	(74, '2026-02-27 10:00:57.150241+00', 'stalled', false, 'Nobody is hurried on mild words, which leave room for doubt; the ball is with the author since 9 February', 40001, 6, NULL, NULL, 'stalled 6', false, NULL, '{1006,1007}'),
	(75, '2026-02-27 10:00:57.150241+00', 'stalled', false, 'Quiet, and I said so on 23 February; the ball is with the author since 9 February', 40001, 7, NULL, NULL, 'stalled 7', false, NULL, '{1006,1008}'),
	(76, '2026-02-27 10:00:57.150241+00', 'stalled', false, 'Quiet, and I said so on 23 February; the ball is with the author since 9 February', 40001, 8, NULL, NULL, 'stalled 8', false, NULL, '{1006,1007}'),
	(77, '2026-02-27 10:00:57.150241+00', 'stalled', false, 'It waits for something else: bob said that it is blocked by something else.', 40001, 10, NULL, NULL, 'stalled 10', false, NULL, '{1008,1009}'),
	(41, '2026-02-09 09:00:18.867764+00', 'review_exchange', true, '@olga gave @ada 2 credits: for the docs', 40001, 8, 1004, '5c675468-2ac6-5b8a-b4a7-f905008d583f', NULL, false, '4e55be1b-04df-4906-8f9e-842a4793255e', '{1004,1006}'),
	(42, '2026-02-09 09:00:20.103874+00', 'review_exchange', true, '@ada spent their free first review on this pull request', 40001, 8, 1006, '76c81510-3bcc-5cd0-adee-d3fcc22ea088', NULL, false, '66d7696f-28a5-4a78-9c69-d2107a8120d7', '{1006}'),
	(48, '2026-02-09 10:00:24.29021+00', 'review_exchange', true, '@bob has no credit yet', 40001, 9, 1009, '46e1f5a0-afe2-53e3-add0-49e064122360', NULL, false, '260495a4-ff21-45d1-ac96-fdbb8b9c6d3e', '{1009}'),
	(50, '2026-02-09 10:00:24.347547+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 9, 1009, '46e1f5a0-afe2-53e3-add0-49e064122360', NULL, false, 'e2f57669-8da3-48f4-98e8-e1ef9827772c', '{}'),
	(52, '2026-02-09 10:00:24.424162+00', 'welcome', true, 'first pull request by @bob', 40001, 9, 1009, '46e1f5a0-afe2-53e3-add0-49e064122360', NULL, false, '26ce4452-fcc4-45de-abcd-ee9ece85db52', '{1009}'),
	(68, '2026-02-09 10:00:31.791316+00', 'help', true, '@olga asked for silence here until 9 February 2027, 10:00 UTC', 40001, 11, 1004, 'd6c90b4a-3960-5d8a-95ea-b40271ec3c6c', NULL, false, 'e62e687c-a5fc-4c02-ba0d-4c270b6b4b61', '{1004}'),
	(31, '2026-03-01 10:00:58.140196+00', 'mentoring', false, 'both are heard of, or were asked already', 40001, 5, NULL, NULL, 'mentoring 5', false, NULL, '{}'),
	(45, '2026-02-09 10:00:21.838446+00', 'review_exchange', false, 'There is nobody (else) who could be asked for a review now', 40001, 8, NULL, NULL, 'review_exchange 8', false, NULL, '{}'),
	(53, '2026-02-09 10:00:25.319182+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, 'b97bf827-a0eb-578d-89e7-240ce4c205ab', NULL, false, '4125aba8-bf0f-4ce8-a37d-fbc6fe6e3d7c', '{}'),
	(60, '2026-02-09 10:00:29.538463+00', 'review_exchange', true, '@bob has no credit yet', 40001, 10, 1009, '7f2cc70b-1bb5-5c71-9905-2c184cbe7797', NULL, false, '18c2fd03-457a-4aa6-8eff-02a63a4a6e9d', '{1009}'),
	(61, '2026-02-09 10:00:29.563957+00', 'stalled', true, 'It is the author''s turn: Its title says that it isn''t finished, so its author is still at work on it.', 40001, 10, 1009, '7f2cc70b-1bb5-5c71-9905-2c184cbe7797', NULL, false, '8b974d05-762a-4536-9290-aabd31572152', '{}'),
	(62, '2026-02-09 10:00:29.608457+00', 'welcome', false, '@bob was here before: 1 pull request, commits', 40001, 10, 1009, '7f2cc70b-1bb5-5c71-9905-2c184cbe7797', NULL, false, NULL, '{1009}'),
	(64, '2026-02-09 10:00:30.404266+00', 'stalled', true, 'It is the author''s turn: Its title says that it isn''t finished, so its author is still at work on it.', 40001, NULL, 1002, '707e78b0-05fc-533c-ac34-39c86b720d68', NULL, false, '008ee088-a33b-4358-95cf-8084008decca', '{1008}'),
	(70, '2026-02-09 10:00:32.349909+00', 'stalled', true, '@bob said that it is ready', 40001, 10, 1009, 'fc68822e-ee51-5dfc-a883-27698aabbe8e', NULL, false, '48ef9790-ef9e-4e09-83e1-76210615f448', '{1009}'),
	(46, '2026-02-09 10:00:22.307237+00', 'review_exchange', true, '@ada asked what @ada has: 3 credits', 40001, 8, 1006, 'cf6869e4-1650-54ce-b7ca-d89fad1d401f', NULL, false, '98c7a63a-b37f-469d-9378-a137911848a6', '{1004,1006,1007,1008}'),
	(56, '2026-02-09 10:00:26.128088+00', 'stalled', true, 'It is the author''s turn: The author hasn''t answered grace yet.', 40001, 8, 1002, '2f075ff7-9b9f-57f8-b832-0abb86d0dab8', NULL, false, '25ac6989-01aa-4421-8539-5655dad55be8', '{1007}'),
	(57, '2026-02-09 10:00:26.693733+00', 'first_merge', true, 'the 1st merged pull request by @bob', 40001, 9, 1004, 'ae21f4e3-b484-5cee-be2c-0453abb048a9', NULL, false, '88b42cae-c940-4b20-a6b1-3102b13bfef2', '{1009}'),
	(58, '2026-02-09 10:00:27.696199+00', 'mentoring', true, '@bob wrote `/mentor volunteer kettles`: Mentors are named by the maintainers here, in `.github/mentorbot.yml`.', 40001, 5, 1009, 'ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', NULL, true, '14c46b0f-4e3f-4c6c-a72f-851a323dd025', '{1009}'),
	(63, '2026-02-09 10:00:30.026496+00', 'stalled', true, 'It is the author''s turn: Its title says that it isn''t finished, so its author is still at work on it.', 40001, 10, 1009, '8f591bbc-a2be-5cd6-b50d-f2fc56794fee', NULL, false, 'a715ff4c-8469-490f-8621-749b0e97c3c4', '{1008}'),
	(65, '2026-02-09 10:00:30.465312+00', 'stalled', true, 'It is the author''s turn: Its title says that it isn''t finished, so its author is still at work on it.', 40001, NULL, 1002, 'cfc68881-6bfa-58b6-8f0b-c7147d292883', NULL, false, 'a9602223-5cec-408e-b96c-6abd633ae910', '{1008}'),
	(69, '2026-02-09 10:00:32.021356+00', 'stalled', true, 'It waits for something else: bob said that it is blocked by something else.', 40001, 10, 1009, 'fc68822e-ee51-5dfc-a883-27698aabbe8e', NULL, false, '3ba253ff-03ae-438a-901d-ad0ae8a68103', '{1008,1009}'),
	(32, '2026-02-23 10:00:52.181147+00', 'mentoring', false, 'everybody can read this repository: name a private one as `desk` for weekly summaries', 40001, NULL, NULL, NULL, 'mentoring None', false, NULL, '{}'),
	(101, '2026-02-16 10:00:39.583966+00', 'mentoring', true, 'asked again about @ada in kettles: mentor silent since 2026-02-09/rung 1', 40001, 5, NULL, NULL, NULL, false, '838fb43d-d282-4c83-a6c9-5eb06e6056c4', '{1006,1007}'),
	(102, '2026-02-16 10:00:40.103217+00', 'review_exchange', true, 'The review by @ada earned one review, confirmed by 7 days without an objection', 40001, 7, NULL, NULL, NULL, false, '78f1b2cb-b365-499f-ac3e-116a1cca7185', '{1006,1008}'),
	(131, '2026-02-23 10:00:52.086317+00', 'mentoring', true, 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', 40001, 5, NULL, NULL, NULL, false, '2d5bf2e5-34b7-4add-b8f4-a9f9cb89f430', '{1006,1007}'),
	(134, '2026-02-23 10:00:52.609041+00', 'stalled', true, 'A reminder for @hedy: the ball is with the author since 9 February', 40001, 7, NULL, NULL, NULL, false, 'd7e7d1a5-07b7-4b99-9ead-80cfbc6e7cef', '{1006,1008}'),
	(135, '2026-02-23 10:00:52.609041+00', 'stalled', true, 'A reminder for @ada: the ball is with the author since 9 February', 40001, 8, NULL, NULL, NULL, false, 'aaf5bc47-856b-47d3-a78e-d4fc87875fbc', '{1006,1007}'),
	(137, '2026-02-24 10:00:53.974128+00', 'mentoring', true, 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', 40001, 5, NULL, NULL, NULL, false, '561134b9-5152-4d8c-85ef-956cdc32b714', '{1006,1007}'),
	(142, '2026-02-25 10:00:54.818961+00', 'mentoring', true, 'asked again about @ada in kettles: mentee silent since 2026-02-09/rung 1', 40001, 5, NULL, NULL, NULL, false, '2c3a9d75-9da5-4ae6-9471-1ca37427fa0e', '{1006,1007}'),
	(159, '2026-03-01 10:00:58.886076+00', 'config_check', true, '.github/mentorbot.yml on the default branch has one problem', 40001, NULL, 1004, 'cd3eebb8-f316-5763-90a8-f90cbf6d9ba5', NULL, false, 'c8694e15-9c43-42a4-8703-1ff0a8ba3871', '{}'),
	(160, '2026-03-01 10:00:59.152219+00', 'welcome', false, '@mentorbot[bot] is a bot', 40001, 12, 1002, '6e4066da-798d-5bbb-b346-36c99a1223fb', NULL, false, NULL, '{}'),
	(161, '2026-03-01 10:00:59.419631+00', 'review_exchange', true, '@grace has no credit yet', 40001, 13, 1007, '6975bd52-ec04-5098-8ffb-c9f0367ea9fb', NULL, false, 'a450c9ec-e0f7-48b5-8dd9-4b1b47a9b179', '{1007}'),
	(162, '2026-03-01 10:00:59.436235+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, 13, 1007, '6975bd52-ec04-5098-8ffb-c9f0367ea9fb', NULL, false, '3db7adf8-f00c-47ca-af9d-602aca0184d3', '{}'),
	(163, '2026-03-01 10:00:59.463161+00', 'welcome', false, '@grace belongs to the project', 40001, 13, 1007, '6975bd52-ec04-5098-8ffb-c9f0367ea9fb', NULL, false, NULL, '{1007}'),
	(164, '2026-03-01 10:00:59.926224+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '2e0c8122-6f08-5f4f-acca-1d5f0cb29ada', NULL, false, 'd32534ea-0f33-4aa2-b36c-dc2e69769249', '{}'),
	(165, '2026-03-01 10:01:00.08531+00', 'stalled', true, 'It is the reviewers'' turn: Nobody has asked the author for anything.', 40001, NULL, 1002, '3d4433ba-2be9-5f9f-be0d-bffd7beda943', NULL, false, 'cec28b34-d365-44ab-882b-4322b4d85d0f', '{}');


INSERT INTO public.mentions VALUES
	(1007, 76, '2026-02-16 10:00:40.413974+00'),
	(1008, 81, '2026-02-23 10:00:53.462206+00'),
	(1006, 80, '2026-02-23 10:00:53.555171+00'),
	(1006, 83, '2026-02-25 10:00:55.399382+00'),
	(1007, 83, '2026-02-25 10:00:55.399382+00');


INSERT INTO public.people VALUES
	(1007, 'grace', false, '2026-02-09 08:00:02+00', '{}'),
	(1008, 'hedy', false, '2026-02-09 08:00:03.905299+00', '{}'),
	(1004, 'olga', false, '2026-02-09 08:00:02+00', '{}'),
	(1002, 'mentorbot[bot]', true, '2026-02-09 08:00:05+00', '{}'),
	(1006, 'ada', false, '2026-02-09 08:00:06+00', '{}'),
	(1009, 'bob', false, '2026-02-09 10:00:24+00', '{}');


INSERT INTO public.procrastinate_workers OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-21 18:05:34.428244+00');


INSERT INTO public.records VALUES
	('mentoring', 40001, 'story', '1006/kettles/00001', '{"at": "2026-02-09T08:00:07.143668+00:00", "by": 1006, "mentor": null, "happening": "mentee asked", "mentor_login": ""}', 1, '{1006}', 1006),
	('mentoring', 40001, 'seen', '1006', '{"at": "2026-02-09T10:00:22+00:00"}', 3, '{1006}', 1006),
	('mentoring', 40001, 'story', '1006/kettles/00002', '{"at": "2026-02-09T08:00:07.143668+00:00", "by": null, "mentor": 1007, "happening": "mentor found", "mentor_login": "grace"}', 1, '{1006,1007}', 1006),
	('mentoring', 40001, 'last asked', '1007', '{"at": "2026-02-09T08:00:07.143668+00:00"}', 1, '{1007}', 1007),
	('mentoring', 40001, 'story', '1006/kettles/00003', '{"at": "2026-02-09T08:00:08.205996+00:00", "by": 1007, "mentor": 1007, "happening": "mentor accepted", "mentor_login": "grace"}', 1, '{1006,1007}', 1006),
	('mentoring', 40001, 'tree', 'seats', '{}', 2, '{}', NULL),
	('mentoring', 40001, 'away', '1008', '{"login": "hedy", "until": "2026-02-12T08:00:10.127907+00:00"}', 1, '{1008}', 1008),
	('mentoring', 40001, 'listed', 'grace', '{"id": 1007, "login": "grace"}', 1, '{1007}', 1007),
	('mentoring', 40001, 'listed', 'hedy', '{"id": 1008, "login": "hedy"}', 1, '{1008}', 1008),
	('review_exchange', 40001, 'entry', '1006/pending/in40001.pr6/no1', '{"at": "2026-02-09T09:00:15+00:00", "head": "809ff5ade510049e4d89628a5f134265251903bc", "kind": "pending", "what": "no1", "about": {"id": 1007, "login": "grace"}, "place": {"number": 6, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "words": 25, "amount": 100, "person": {"id": 1006, "login": "ada"}, "verdict": "commented", "fingerprint": "1189b955e619d4c7", "outlives_people": true}', 1, '{1006,1007}', 1006),
	('review_exchange', 40001, 'entry', '1006/pending/in40001.pr7/no1', '{"at": "2026-02-09T09:00:15+00:00", "head": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "kind": "pending", "what": "no1", "about": {"id": 1008, "login": "hedy"}, "lines": 1, "place": {"number": 7, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "words": 6, "amount": 100, "person": {"id": 1006, "login": "ada"}, "verdict": "commented", "fingerprint": "bed56e555d3f65bb", "outlives_people": true}', 1, '{1006,1008}', 1006),
	('mentoring', 40001, 'seen', '1007', '{"at": "2026-02-09T09:00:17+00:00"}', 1, '{1007}', 1007),
	('review_exchange', 40001, 'entry', '1006/earned/in40001.pr6', '{"at": "2026-02-09T09:00:17+00:00", "by": {"id": 1007, "login": "grace"}, "head": "809ff5ade510049e4d89628a5f134265251903bc", "kind": "earned", "about": {"id": 1007, "login": "grace"}, "place": {"number": 6, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "words": 25, "amount": 100, "person": {"id": 1006, "login": "ada"}, "reason": "/thanks", "verdict": "commented", "fingerprint": "1189b955e619d4c7", "outlives_people": true}', 1, '{1006,1007}', 1006),
	('review_exchange', 40001, 'entry', '1006/gifted/in40001.pr8/by issue_comment-4000011', '{"at": "2026-02-09T09:00:18+00:00", "by": {"id": 1004, "login": "olga"}, "kind": "gifted", "what": "by issue_comment-4000011", "place": {"number": 8, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "amount": 200, "person": {"id": 1006, "login": "ada"}, "reason": "for the docs", "outlives_people": true}', 1, '{1004,1006}', 1006),
	('review_exchange', 40001, 'entry', '1006/gifted/in40001.pr8/newcomer', '{"at": "2026-02-09T09:00:19+00:00", "kind": "gifted", "what": "newcomer", "place": {"number": 8, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "amount": 100, "person": {"id": 1006, "login": "ada"}, "reason": "a newcomer''s first pull request", "outlives_people": true}', 1, '{1006}', 1006),
	('review_exchange', 40001, 'account', '1006', '{"last_taken_from": "2026-02-09T09:00:19+00:00"}', 1, '{1006}', 1006),
	('config_check', 40001, 'looked', 'pushes', '{"until": "2026-02-09T10:00:29+00:00"}', 2, '{}', NULL),
	('mentoring', 40001, 'reached', '1006', '{"names": ["first person helped", "first pull request", "first review given", "first review received"]}', 1, '{1006}', 1006),
	('mentoring', 40001, 'pair', '1006/kettles', '{"rung": "mentee silent since 2026-02-09/rung 1", "login": "ada", "paths": [], "since": "2026-02-09T08:00:08.205996+00:00", "state": "active", "title": "The kettle is cold", "until": null, "thread": "#5", "rung_at": "2026-02-25T10:00:54.818961+00:00", "told_at": null, "asked_at": "2026-02-09T08:00:07.143668+00:00", "chapters": "3 so far", "in_front": false, "timezone": ""}', 7, '{1006}', 1006),
	('mentoring', 40001, 'bond', '1006/kettles', '{"login": "grace", "mentor": 1007, "is_listed": true}', 6, '{1006,1007}', 1006),
	('review_exchange', 40001, 'entry', '1006/spent/in40001.pr8/no1', '{"at": "2026-02-09T09:00:19+00:00", "kind": "spent", "what": "no1", "place": {"number": 8, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "amount": 100, "person": {"id": 1006, "login": "ada"}, "reason": "/exchange", "outlives_people": true}', 1, '{1006}', 1006),
	('review_exchange', 40001, 'entry', '1007/refused/in40001.pr8/same_day_swap', '{"at": "2026-02-09T10:00:24+00:00", "head": "7869a8af679f54c5a8920355df9a9f71949c72e2", "kind": "refused", "what": "same_day_swap", "about": {"id": 1006, "login": "ada"}, "place": {"number": 8, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "words": 16, "amount": 0, "person": {"id": 1007, "login": "grace"}, "reason": "same_day_swap", "verdict": "changes requested", "fingerprint": "4d93e59515904766", "outlives_people": true}', 1, '{1006,1007}', 1007),
	('review_exchange', 40001, 'entry', '1006/settled/in40001.pr8/no1', '{"at": "2026-02-09T10:00:24+00:00", "by": {"id": 1007, "login": "grace"}, "kind": "settled", "what": "no1", "place": {"number": 8, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "amount": 0, "person": {"id": 1006, "login": "ada"}, "reason": "reviewed", "outlives_people": true}', 1, '{1006,1007}', 1006),
	('review_exchange', 40001, 'exchange', 'pr8/1006', '{"nth": 1, "free": true, "paid": 100, "asked": [], "since": "2026-02-09T09:00:19+00:00", "state": "settled", "title": "Heat the kettle", "author": {"id": 1006, "login": "ada"}, "earned": 100, "number": 8, "newcomer": true, "came_back": 0, "outlives_people": true}', 3, '{1006}', 1006),
	('first_merge', 40001, 'landed', '1009', '{"numbers": [9]}', 1, '{1009}', 1009),
	('mentoring', 40001, 'opted out', '1004', '{}', 1, '{1004}', 1004),
	('help', 40001, 'mute', '11', '{"until": "2027-02-09T10:00:31.791316+00:00"}', 1, '{}', NULL),
	('stalled', 40001, 'correction', '10', '{"acts": [{"at": "2026-02-09T10:00:30+00:00", "by": {"id": 1009, "login": "bob", "is_bot": false}, "id": "command-declared-blocked-issue_comment-4000024", "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000024", "body": "the kettle", "kind": "declared blocked"}, {"at": "2026-02-09T10:00:30+00:00", "by": {"id": 1009, "login": "bob", "is_bot": false}, "id": "command-declared-ready-issue_comment-4000025", "url": "http://127.0.0.1:45319/octo/tea/pull/10#issuecomment-4000025", "kind": "declared ready"}], "outlives_people": true}', 2, '{1009}', NULL),
	('review_exchange', 40001, 'entry', '1006/earned/in40001.pr7', '{"at": "2026-02-16T09:00:15+00:00", "head": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "kind": "earned", "about": {"id": 1008, "login": "hedy"}, "lines": 1, "place": {"number": 7, "private": false, "full_name": "octo/tea", "repository_id": 40001}, "words": 6, "amount": 100, "person": {"id": 1006, "login": "ada"}, "reason": "7 days without an objection", "verdict": "commented", "fingerprint": "bed56e555d3f65bb", "outlives_people": true}', 1, '{1006,1008}', 1006),
	('config_check', 40001, 'broken', 'default branch', '{"issue": "broken since 9569decb094c7a56328615bbf29056a4a2ddb009", "problems": [[15, "review_exchange.chequelist", "There is no key `chequelist`: did you mean `checklist`?"]]}', 1, '{}', NULL);


INSERT INTO public.repositories VALUES
	(40001, 70001, 'octo/tea', 1005, 'octo', false, false, 'main', true, '2026-02-09 08:00:03.651329+00', 'finished', NULL, 3, '2026-02-09 08:00:04.998751+00');


INSERT INTO public.requests VALUES
	('4fe78148-5be5-5e55-97e4-4269186484a6', 'command 1', 1008, 70001, 40001, 5, '2026-02-09 08:00:10.217422+00', true),
	('4a25307a-f2ed-594a-88a0-9787877d5a01', 'command 1', 1007, 70001, 40001, 6, '2026-02-09 09:00:17.44758+00', false),
	('cf6869e4-1650-54ce-b7ca-d89fad1d401f', 'command 1', 1006, 70001, 40001, 8, '2026-02-09 10:00:22.322166+00', true),
	('ad28ab50-66ca-5b27-8dd7-8e8a0f97ded7', 'command 1', 1009, 70001, 40001, 5, '2026-02-09 10:00:27.926502+00', true),
	('b6907541-c9de-5086-b6b4-c462656b8358', 'command 1', 1004, 70001, 40001, 5, '2026-02-09 10:00:28.851408+00', true),
	('4b2a6cba-6d9f-5c87-8492-64547dcb5556', 'command 1', 1009, 70001, 40001, 10, '2026-02-09 10:00:31.336468+00', false),
	('d6c90b4a-3960-5d8a-95ea-b40271ec3c6c', 'command 1', 1004, 70001, 40001, 11, '2026-02-09 10:00:31.869534+00', true),
	('fc68822e-ee51-5dfc-a883-27698aabbe8e', 'command 1', 1009, 70001, 40001, 10, '2026-02-09 10:00:32.46931+00', false);


INSERT INTO public.reviews VALUES
	(40001, 1006, 6, '2026-02-09 09:00:15+00'),
	(40001, 1006, 7, '2026-02-09 09:00:15+00'),
	(40001, 1007, 8, '2026-02-09 10:00:24+00');


INSERT INTO public.rounds VALUES
	(40001, 'mentoring 21', '2026-02-23 06:00:00+00'),
	(40001, 'stalled 22', '2026-02-23 05:30:00+00'),
	(40001, 'stalled 21', '2026-02-27 06:00:00+00'),
	(40001, 'config_check 4', '2026-03-01 10:00:00+00'),
	(40001, 'mentoring 19', '2026-03-01 10:00:00+00'),
	(40001, 'mentoring 20', '2026-03-01 10:00:00+00'),
	(40001, 'mentoring 22', '2026-03-01 10:00:00+00'),
	(40001, 'mentoring 23', '2026-03-01 06:00:00+00'),
	(40001, 'review_exchange 11', '2026-03-01 10:00:00+00'),
	(40001, 'review_exchange 12', '2026-03-01 10:00:00+00'),
	(40001, 'review_exchange 13', '2026-03-01 05:00:00+00');


INSERT INTO public.schemas VALUES
	('procrastinate', '03.04.00_50');


INSERT INTO public.secrets VALUES
	('effects', '\xc750820058a2423f8bfb3e37fbe0ed7c9c6786f88ac84ade8209868fc2735964'),
	('forgotten', '\x782025e0bbf14fda88988932fc029f98ed2ff52c99c546b4a7f58f0a3245a4eb');


INSERT INTO public.standings VALUES
	(40001, 1008, '2026-02-09 08:00:02+00', NULL, NULL),
	(40001, 1007, '2026-02-09 08:00:02+00', NULL, '2026-02-09 08:00:04.177646+00'),
	(40001, 1004, '2026-02-09 09:00:18+00', NULL, NULL),
	(40001, 1009, NULL, '2026-02-09 10:00:26.000001+00', NULL);


INSERT INTO public.threads VALUES
	(40001, 1, false, 1007, 'grace was here', '2026-02-09 08:00:02+00', NULL, NULL, '2026-02-09 08:00:02+00'),
	(40001, 2, true, 1007, 'Early work of grace', '2026-02-09 08:00:02+00', '2026-02-09 08:00:02+00', '2026-02-09 08:00:02+00', '2026-02-09 08:00:03.905299+00'),
	(40001, 4, true, 1008, 'Early work of hedy', '2026-02-09 08:00:02+00', '2026-02-09 08:00:02+00', '2026-02-09 08:00:02+00', '2026-02-09 08:00:03.905299+00'),
	(40001, 3, false, 1008, 'hedy was here', '2026-02-09 08:00:02+00', NULL, NULL, '2026-02-09 08:00:03.905299+00'),
	(40001, 5, false, 1006, 'The kettle is cold', '2026-02-09 08:00:06+00', NULL, NULL, '2026-02-09 08:00:06+00'),
	(40001, 6, true, 1007, 'Warm the cup', '2026-02-09 08:00:10+00', NULL, NULL, '2026-02-09 08:00:10+00'),
	(40001, 7, true, 1008, 'Warm the pot', '2026-02-09 08:00:10+00', NULL, NULL, '2026-02-09 08:00:10+00'),
	(40001, 8, true, 1006, 'Heat the kettle', '2026-02-09 08:00:10+00', NULL, NULL, '2026-02-09 08:00:10+00'),
	(40001, 9, true, 1009, 'A cosy for the pot', '2026-02-09 10:00:24+00', '2026-02-09 10:00:26+00', '2026-02-09 10:00:26+00', '2026-02-09 10:00:26+00'),
	(40001, 10, true, 1009, 'Draft of a bigger cup', '2026-02-09 10:00:29+00', NULL, NULL, '2026-02-09 10:00:29+00'),
	(40001, 12, false, 1002, '.github/mentorbot.yml needs a small repair', '2026-03-01 10:00:59+00', NULL, NULL, '2026-03-01 10:00:59+00'),
	(40001, 13, true, 1007, 'A quiet change', '2026-03-01 10:00:59+00', NULL, NULL, '2026-03-01 10:00:59+00'),
	(40001, 11, false, NULL, '', '2026-02-09 10:00:30+00', NULL, NULL, '2026-02-09 10:00:30+00');


INSERT INTO public.timelines VALUES
	(40001, 2, '{"url": "http://127.0.0.1:45319/octo/tea/pull/2", "acts": [], "base": "main", "body": "", "head": "octo:patch-2", "author": {"id": 1007, "login": "grace", "is_bot": false}, "number": 2, "head_sha": "6091fcf2dfa4e3024b0b79151f908712eb134ece", "opened_at": "2026-02-09T08:00:02+00:00", "association": "COLLABORATOR", "opened_title": "Early work of grace", "opened_as_draft": false}', '6091fcf2dfa4e3024b0b79151f908712eb134ece', '2026-02-09 08:00:02+00'),
	(40001, 4, '{"url": "http://127.0.0.1:45319/octo/tea/pull/4", "acts": [], "base": "main", "body": "", "head": "octo:patch-4", "author": {"id": 1008, "login": "hedy", "is_bot": false}, "number": 4, "head_sha": "fb68d81ed75653fa0a84e01a54efcb0771d2239c", "opened_at": "2026-02-09T08:00:02+00:00", "association": "COLLABORATOR", "opened_title": "Early work of hedy", "opened_as_draft": false}', 'fb68d81ed75653fa0a84e01a54efcb0771d2239c', '2026-02-09 08:00:02+00'),
	(40001, 6, '{"url": "http://127.0.0.1:45319/octo/tea/pull/6", "acts": [], "base": "main", "body": "", "head": "octo:patch-6", "author": {"id": 1007, "login": "grace", "is_bot": false}, "number": 6, "head_sha": "809ff5ade510049e4d89628a5f134265251903bc", "opened_at": "2026-02-09T08:00:10+00:00", "association": "COLLABORATOR", "opened_title": "Warm the cup", "opened_as_draft": false}', '809ff5ade510049e4d89628a5f134265251903bc', '2026-02-09 08:00:10+00'),
	(40001, 7, '{"url": "http://127.0.0.1:45319/octo/tea/pull/7", "acts": [], "base": "main", "body": "", "head": "octo:patch-7", "author": {"id": 1008, "login": "hedy", "is_bot": false}, "number": 7, "head_sha": "eb13d0e3ab30ec7384bb69e261a52527e002e29c", "opened_at": "2026-02-09T08:00:10+00:00", "association": "COLLABORATOR", "opened_title": "Warm the pot", "opened_as_draft": false}', 'eb13d0e3ab30ec7384bb69e261a52527e002e29c', '2026-02-09 08:00:10+00'),
	(40001, 8, '{"url": "http://127.0.0.1:45319/octo/tea/pull/8", "acts": [], "base": "main", "body": "", "head": "ada:patch-8", "author": {"id": 1006, "login": "ada", "is_bot": false}, "number": 8, "head_sha": "7869a8af679f54c5a8920355df9a9f71949c72e2", "opened_at": "2026-02-09T08:00:10+00:00", "association": "NONE", "opened_title": "Heat the kettle", "opened_as_draft": false}', '7869a8af679f54c5a8920355df9a9f71949c72e2', '2026-02-09 08:00:10+00'),
	(40001, 9, '{"url": "http://127.0.0.1:45319/octo/tea/pull/9", "acts": [], "base": "main", "body": "", "head": "bob:patch-9", "author": {"id": 1009, "login": "bob", "is_bot": false}, "number": 9, "head_sha": "22167576033d2a5de1e3f4aa908d8ca1d66601b0", "opened_at": "2026-02-09T10:00:24+00:00", "association": "NONE", "opened_title": "A cosy for the pot", "opened_as_draft": false}', '22167576033d2a5de1e3f4aa908d8ca1d66601b0', '2026-02-09 10:00:24+00'),
	(40001, 10, '{"url": "http://127.0.0.1:45319/octo/tea/pull/10", "acts": [], "base": "main", "body": "", "head": "bob:patch-10", "author": {"id": 1009, "login": "bob", "is_bot": false}, "number": 10, "head_sha": "c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412", "opened_at": "2026-02-09T10:00:29+00:00", "association": "CONTRIBUTOR", "opened_title": "Draft of a bigger cup", "opened_as_draft": false}', 'c8a3b6a8fcf5d985d3dc9535e3dad28bddefe412', '2026-02-09 10:00:29+00'),
	(40001, 13, '{"url": "http://127.0.0.1:45319/octo/tea/pull/13", "acts": [], "base": "main", "body": "", "head": "octo:patch-13", "author": {"id": 1007, "login": "grace", "is_bot": false}, "number": 13, "head_sha": "212cfc9ac2221859c4a8fe3747acc74e39abe2be", "opened_at": "2026-03-01T10:00:59+00:00", "association": "COLLABORATOR", "opened_title": "A quiet change", "opened_as_draft": false}', '212cfc9ac2221859c4a8fe3747acc74e39abe2be', '2026-03-01 10:00:59+00');


SELECT pg_catalog.setval('public.effects_id_seq', 88, true);


SELECT pg_catalog.setval('public.journal_id_seq', 165, true);


SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 800, true);


SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 400, true);


SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);


SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, true);


ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


ALTER TABLE ONLY public.acts
    ADD CONSTRAINT pk_acts PRIMARY KEY (repository_id, number, id);


ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (repository_id, number, person_id);


ALTER TABLE ONLY public.bookmarks
    ADD CONSTRAINT pk_bookmarks PRIMARY KEY (name);


ALTER TABLE ONLY public.configs
    ADD CONSTRAINT pk_configs PRIMARY KEY (repository_id);


ALTER TABLE ONLY public.consequences
    ADD CONSTRAINT pk_consequences PRIMARY KEY (decision, effect_id);


ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (delivery, part);


ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (id);


ALTER TABLE ONLY public.effects
    ADD CONSTRAINT pk_effects PRIMARY KEY (id);


ALTER TABLE ONLY public.forgotten
    ADD CONSTRAINT pk_forgotten PRIMARY KEY (id_hmac);


ALTER TABLE ONLY public.installations
    ADD CONSTRAINT pk_installations PRIMARY KEY (id);


ALTER TABLE ONLY public.journal
    ADD CONSTRAINT pk_journal PRIMARY KEY (id);


ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT pk_mentions PRIMARY KEY (person_id, effect_id);


ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);


ALTER TABLE ONLY public.records
    ADD CONSTRAINT pk_records PRIMARY KEY (feature, repository_id, kind, key);


ALTER TABLE ONLY public.repositories
    ADD CONSTRAINT pk_repositories PRIMARY KEY (id);


ALTER TABLE ONLY public.requests
    ADD CONSTRAINT pk_requests PRIMARY KEY (delivery, part);


ALTER TABLE ONLY public.restores
    ADD CONSTRAINT pk_restores PRIMARY KEY (at);


ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT pk_reviews PRIMARY KEY (repository_id, person_id, number, at);


ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT pk_rounds PRIMARY KEY (repository_id, round);


ALTER TABLE ONLY public.schemas
    ADD CONSTRAINT pk_schemas PRIMARY KEY (name);


ALTER TABLE ONLY public.secrets
    ADD CONSTRAINT pk_secrets PRIMARY KEY (name);


ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (digest);


ALTER TABLE ONLY public.standings
    ADD CONSTRAINT pk_standings PRIMARY KEY (repository_id, person_id);


ALTER TABLE ONLY public.threads
    ADD CONSTRAINT pk_threads PRIMARY KEY (repository_id, number);


ALTER TABLE ONLY public.timelines
    ADD CONSTRAINT pk_timelines PRIMARY KEY (repository_id, number);


ALTER TABLE ONLY public.unread
    ADD CONSTRAINT pk_unread PRIMARY KEY (repository_id, what);


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.effects
    ADD CONSTRAINT uq_effects_fingerprint UNIQUE (fingerprint);


ALTER TABLE ONLY public.journal
    ADD CONSTRAINT uq_journal_decision UNIQUE (decision);


ALTER TABLE ONLY public.journal
    ADD CONSTRAINT uq_journal_repository_id_place UNIQUE (repository_id, place);


CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


CREATE INDEX ix_answers_repository_id_person_id ON public.answers USING btree (repository_id, person_id);


CREATE INDEX ix_consequences_effect_id ON public.consequences USING btree (effect_id);


CREATE INDEX ix_decisions_at ON public.decisions USING btree (at);


CREATE INDEX ix_deliveries_failing ON public.deliveries USING btree (repository_id, number) WHERE ((state = 'received'::text) AND (failing_since IS NOT NULL));


CREATE INDEX ix_deliveries_parked ON public.deliveries USING btree (received_at) WHERE (state = 'parked'::text);


CREATE INDEX ix_deliveries_received_at ON public.deliveries USING btree (received_at);


CREATE INDEX ix_effects_installation_id_tried_at ON public.effects USING btree (installation_id, tried_at);


CREATE INDEX ix_effects_open ON public.effects USING btree (state) WHERE (state <> 'done'::text);


CREATE INDEX ix_effects_paced ON public.effects USING btree (installation_id) WHERE (paced AND (state = 'due'::text));


CREATE INDEX ix_effects_people ON public.effects USING gin (people);


CREATE INDEX ix_effects_repository_id_number ON public.effects USING btree (repository_id, number);


CREATE INDEX ix_journal_at ON public.journal USING btree (at);


CREATE INDEX ix_journal_person_id ON public.journal USING btree (person_id);


CREATE INDEX ix_journal_repository_id_number_at ON public.journal USING btree (repository_id, number, at);


CREATE INDEX ix_mentions_person_id_at ON public.mentions USING btree (person_id, at);


CREATE INDEX ix_people_login ON public.people USING btree (lower(login));


CREATE INDEX ix_records_people ON public.records USING gin (people);


CREATE INDEX ix_records_repository_id_kind ON public.records USING btree (repository_id, kind);


CREATE INDEX ix_repositories_full_name ON public.repositories USING btree (lower(full_name));


CREATE INDEX ix_repositories_installation_id ON public.repositories USING btree (installation_id);


CREATE INDEX ix_requests_person_id_at ON public.requests USING btree (person_id, at);


CREATE INDEX ix_reviews_repository_id_number ON public.reviews USING btree (repository_id, number);


CREATE INDEX ix_threads_author_id ON public.threads USING btree (author_id);


CREATE INDEX ix_threads_pull_requests ON public.threads USING btree (repository_id, opened_at) WHERE is_pull_request;


CREATE INDEX ix_threads_repository_id_author_id ON public.threads USING btree (repository_id, author_id);


CREATE INDEX ix_timelines_repository_id_head_sha ON public.timelines USING btree (repository_id, head_sha);


CREATE INDEX mentorbot_jobs_lock_ix ON public.procrastinate_jobs USING btree (lock, priority DESC, id) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


ALTER TABLE ONLY public.consequences
    ADD CONSTRAINT fk_consequences_decision FOREIGN KEY (decision) REFERENCES public.journal(decision) ON DELETE CASCADE;


ALTER TABLE ONLY public.consequences
    ADD CONSTRAINT fk_consequences_effect_id FOREIGN KEY (effect_id) REFERENCES public.effects(id) ON DELETE CASCADE;


ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
