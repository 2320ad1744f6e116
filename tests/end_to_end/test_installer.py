"""The installer decides rightly what is missing, what is current, and what to start."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"


def _load(monkeypatch: pytest.MonkeyPatch, name: str) -> ModuleType:
    """One of the installer's files, which see each other by their bare names."""
    monkeypatch.syspath_prepend(str(INSTALLER))
    spec = importlib.util.spec_from_file_location(f"installer_{name}", INSTALLER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> Any:
    return _load(monkeypatch, "system_packages")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Any:
    return _load(monkeypatch, "environment")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    return _load(monkeypatch, "run")


@pytest.fixture
def testing(monkeypatch: pytest.MonkeyPatch) -> Any:
    return _load(monkeypatch, "test")


# --- what the operating system must bring ---------------------------------------------


def test_libraries_that_do_not_load_are_named_with_their_packages(packages: Any) -> None:
    needs = packages.missing_libraries(lambda name: name != "libEGL.so.1")
    assert needs == [packages.Need("libEGL.so.1", "libegl1")]


def test_nothing_is_missing_where_everything_loads(packages: Any) -> None:
    assert packages.missing_libraries(lambda name: True) == []


def test_a_library_that_does_not_exist_does_not_load(packages: Any) -> None:
    assert not packages.can_load("libnobody-made-this.so.7")


def test_any_font_will_do(packages: Any, tmp_path: Path) -> None:
    assert [need.package for need in packages.missing_fonts([tmp_path])] == ["fonts-dejavu-core"]
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Some.ttf").touch()
    assert packages.missing_fonts([tmp_path / "absent", tmp_path]) == []


def test_any_compiler_will_do(packages: Any) -> None:
    assert [need.package for need in packages.missing_compiler(lambda name: None)] == ["g++"]
    only_clang = {"clang++": "/usr/bin/clang++"}.get
    assert packages.missing_compiler(only_clang) == []


def test_a_python_without_ensurepip_needs_the_venv_package(packages: Any) -> None:
    needs = packages.missing_venv(lambda name: None if name == "ensurepip" else object())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert [need.package for need in needs] == [f"python{version}-venv"]


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        (
            "apt-get",
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 g++",
        ),
        ("dnf", "sudo dnf install 'libEGL.so.1()(64bit)' gcc-c++"),
        ("zypper", "sudo zypper install 'libEGL.so.1()(64bit)' gcc-c++"),
    ],
)
def test_the_command_fits_the_package_manager(packages: Any, manager: str, command: str) -> None:
    needs = [packages.Need("libEGL.so.1", "libegl1"), packages.Need("a C++ compiler", "g++")]
    assert packages.install_command(needs, {manager: f"/usr/bin/{manager}"}.get) == command


def test_no_command_is_made_up_for_an_unknown_system(packages: Any) -> None:
    needs = [packages.Need("libEGL.so.1", "libegl1")]
    assert packages.install_command(needs, lambda name: None) is None


def test_who_may_not_install_is_told_what_is_missing(
    packages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "may_install", lambda: False)
    said: list[str] = []
    packages.provide([packages.Need("libEGL.so.1", "libegl1")], said.append, install=True)
    assert said[0] == "Missing on this computer: libEGL.so.1"
    assert said[1].startswith(("To install: ", "Install these"))


def test_nothing_is_said_when_nothing_is_missing(packages: Any) -> None:
    said: list[str] = []
    packages.provide([], said.append, install=True)
    assert said == []


# --- what is current ------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return tmp_path


def test_a_part_is_current_once_marked(environment: Any, checkout: Path) -> None:
    place = environment.Environment(checkout)
    assert not place.is_current("project")
    place.mark_current("project")
    assert place.is_current("project")
    assert not place.is_current("test")


def test_a_changed_project_is_not_current(environment: Any, checkout: Path) -> None:
    place = environment.Environment(checkout)
    place.mark_current("project")
    (checkout / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert not place.is_current("project")


def test_another_python_is_not_current(
    environment: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = environment.Environment(checkout)
    place.mark_current("project")
    monkeypatch.setattr(environment.sys, "version_info", (3, 99, 0))
    assert not place.is_current("project")


def test_a_checkout_that_was_moved_is_not_current(
    environment: Any, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment.Environment(checkout).mark_current("project")
    moved = tmp_path_factory.mktemp("elsewhere") / "checkout"
    checkout.rename(moved)
    assert not environment.Environment(moved).is_current("project")


def test_a_current_environment_runs_no_command(
    environment: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = environment.Environment(checkout)
    place.mark_current("project", "vision")
    monkeypatch.setattr(environment.system_packages, "missing", lambda compiler: [])
    monkeypatch.setattr(environment, "run_quietly", lambda *_: pytest.fail("ran a command"))
    environment.prepare(place, "project", "vision")


# --- the answering engine -------------------------------------------------------------


def _pip_that(environment: Any, ok: bool, ran: list[str]) -> Any:
    def run_quietly(command: list[str], folder: Path, variables: Any = None) -> Any:
        ran.append(" ".join(command))
        return environment.Outcome(ok, "first line\nerror: no compiler found\n")

    return run_quietly


@pytest.fixture
def quiet_place(environment: Any, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An environment that holds all but the vision runtime, on a complete system."""
    monkeypatch.setattr(environment.system_packages, "missing", lambda compiler: [])
    monkeypatch.setattr(environment, "_make", lambda place: None)
    place = environment.Environment(checkout)
    place.mark_current("project")
    return place


def test_a_failed_build_is_explained_and_not_tried_again(
    environment: Any, quiet_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(environment, "run_quietly", _pip_that(environment, False, ran))
    environment.prepare(quiet_place, "project", "vision")
    reason = (quiet_place.folder / "vision-unavailable.txt").read_text(encoding="utf-8")
    assert "error: no compiler found" in reason and "--retry-vision" in reason
    assert len(ran) == 1
    environment.prepare(quiet_place, "project", "vision")
    assert len(ran) == 1


def test_a_failed_build_is_tried_again_when_asked(
    environment: Any, quiet_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet_place.vision_unavailable.write_text("it failed", encoding="utf-8")
    ran: list[str] = []
    monkeypatch.setattr(environment, "run_quietly", _pip_that(environment, True, ran))
    environment.prepare(quiet_place, "project", "vision", retry_vision=True)
    assert "--editable .[vision]" in ran[0] and "llama_cpp" in ran[1]
    assert not quiet_place.vision_unavailable.exists()
    assert quiet_place.is_current("vision")


def test_an_engine_that_is_there_is_tried_again_when_asked(
    environment: Any, quiet_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet_place.mark_current("vision")
    ran: list[str] = []
    monkeypatch.setattr(environment, "run_quietly", _pip_that(environment, True, ran))
    environment.prepare(quiet_place, "project", "vision", retry_vision=True)
    assert len(ran) == 2


def _pip_whose_first_build_dies(environment: Any, ran: list[tuple[str, Any]]) -> Any:
    """As when pip kept a build for another processor: only what is built anew runs."""

    def run_quietly(command: list[str], folder: Path, variables: Any = None) -> Any:
        ran.append((" ".join(command), variables or {}))
        is_trial = "-c" in command
        anew = any("--no-cache-dir" in line for line, _ in ran)
        return environment.Outcome(anew or not is_trial, "It was ended by signal 4.")

    return run_quietly


def test_an_engine_that_dies_on_this_processor_is_built_for_any(
    environment: Any, quiet_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, Any]] = []
    monkeypatch.setattr(environment, "run_quietly", _pip_whose_first_build_dies(environment, ran))
    environment.prepare(quiet_place, "project", "vision")
    kept, _, anew, _ = ran
    assert "-DGGML_NATIVE=OFF" not in kept[1].get("CMAKE_ARGS", "")
    assert "--force-reinstall" in anew[0]
    assert "-DGGML_NATIVE=OFF" in anew[1]["CMAKE_ARGS"]
    assert quiet_place.is_current("vision")


def test_the_owners_own_compiler_flags_stay(
    environment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_VULKAN=ON")
    assert environment._flags(portable=True)["CMAKE_ARGS"] == "-DGGML_VULKAN=ON -DGGML_NATIVE=OFF"


def test_the_engine_is_tried_with_a_model_that_is_there(environment: Any) -> None:
    assert (environment.CHECKOUT / environment._TRIAL_MODEL).is_file()


def test_a_failed_installation_stops_with_what_pip_said(
    environment: Any, quiet_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run_quietly", _pip_that(environment, False, []))
    with pytest.raises(environment.InstallationFailed, match="no compiler found"):
        environment.prepare(quiet_place, "test")


def test_the_reason_keeps_the_end_of_a_long_log(environment: Any) -> None:
    reason = environment.why_no_vision("\n".join(f"line {n}" for n in range(500)))
    assert "line 499" in reason and "line 100\n" not in reason


def test_a_commands_output_and_status_are_kept(environment: Any, tmp_path: Path) -> None:
    program = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    outcome = environment.run_quietly([sys.executable, "-c", program], tmp_path)
    assert not outcome.ok
    assert sorted(outcome.output.split()) == ["err", "out"]


def test_a_command_that_was_ended_by_a_signal_says_so(environment: Any, tmp_path: Path) -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGILL)"
    outcome = environment.run_quietly([sys.executable, "-c", program], tmp_path)
    assert not outcome.ok and "signal 4" in outcome.output


def test_a_command_is_given_its_variables(environment: Any, tmp_path: Path) -> None:
    program = "import os; print(os.environ['CMAKE_ARGS'], 'PATH' in os.environ)"
    command = [sys.executable, "-c", program]
    outcome = environment.run_quietly(command, tmp_path, {"CMAKE_ARGS": "-DX=ON"})
    assert outcome.output.split() == ["-DX=ON", "True"]


# --- what to start --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_window_needs_a_display(
    run: Any, platform: str, variables: dict[str, str], shown: bool
) -> None:
    assert run.has_display(platform, variables) is shown


def _started(run: Any, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    commands: list[list[str]] = []
    monkeypatch.setattr(run.environment, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(run, "start", lambda command: commands.append(command) or 0)
    assert run.main(arguments) == 0
    assert commands[0][1:3] == ["-m", "desktop_mmrag"]
    return commands[0][3:]


def test_without_a_display_the_demo_is_run(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "has_display", lambda *_: False)
    assert _started(run, monkeypatch) == ["demo"]
    captured = capsys.readouterr()
    assert "no display" in captured.err and captured.out == ""


def test_with_a_display_the_window_opens(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_display", lambda *_: True)
    assert _started(run, monkeypatch) == []


def test_arguments_reach_the_program(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_display", lambda *_: False)
    given = ("--retry-vision", "search", "red bicycle", "--json")
    assert _started(run, monkeypatch, *given) == ["search", "red bicycle", "--json"]


# --- the tests' own command -----------------------------------------------------------


def test_all_tests_run_unless_quick_is_asked(testing: Any) -> None:
    report = Path("report.xml")
    assert testing.pytest_arguments([], report)[:2] == ["-m", ""]
    quick = testing.pytest_arguments(["--quick", "tests/core"], report)
    assert "-m" not in quick and "--quick" not in quick and quick[-1] == "tests/core"


def test_the_report_is_counted(testing: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>',
        encoding="utf-8",
    )
    assert str(testing.counts_in(report)) == "4 passed, 3 failed, 3 skipped"


def test_a_missing_report_is_a_failure(testing: Any, tmp_path: Path) -> None:
    assert testing.counts_in(tmp_path / "none.xml").failed == 1
