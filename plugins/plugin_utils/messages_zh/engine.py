# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Messages of `module_utils/engine`."""

from __future__ import annotations

MESSAGES = (
    (
        "Nothing was sent. Preview it again in check mode, and approve the plan of that preview.",
        "没有发送任何内容。请重新在检查模式下预览，并批准新预览的计划。",
    ),
    ("plan_file: this is not part of the plan. {said}", "plan_file：这不在计划之内。{said:text}"),
    (
        "plan_file: this is not the plan that was previewed, which was: {before}. {said}",
        "plan_file：这不是预览过的计划；预览的计划为：{before:text}。{said:text}",
    ),
    ("no change", "无变更"),
    (
        "only_plan: this is not the plan that was previewed ({wanted}). {said}",
        "only_plan：这不是预览过的计划（{wanted}）。{said:text}",
    ),
    (" And {number} more.", " 另有 {number} 项。"),
    (" and {number} more", " 等 {number} 项"),
    ("Now it is {actions} of {noun} {which}.", "现在的计划是对{noun}{which} 执行 {actions:text}。"),
    (
        "name: another process on this machine has been working on {name} for {patience} s.",
        "name：本机上的另一个进程处理{name}已有 {patience} 秒。",
    ),
    ("Nothing was sent. Run the task again when it has ended.", "没有发送任何内容。请在该进程结束后重新运行任务。"),
    (
        "The old one may be deleted already: run the task again with its own options and those in recreate "
        "of this result to make its successor.",
        "旧对象可能已被删除：请用任务原有的参数以及本结果 recreate 中的参数重新运行任务，以创建替代它的对象。",
    ),
    (
        "{option}: {label} and {label2} are one {noun}: {found}.",
        "{option}：{label} 和 {label2} 是同一个{noun}：{found}。",
    ),
    (
        "The quota of the project has no room for {number} new {nouns}: {rooms}.",
        "该组织的配额不足以新建 {number} 个{nouns}：{rooms:text}。",
    ),
    (
        "None of the {nouns} was changed. Ask for less, or raise the quota (cloudos_quota).",
        "没有更改任何{nouns}。请减少数量，或提高配额（cloudos_quota）。",
    ),
    ("{before}It could not be removed again: {msg}", "{before:text}之后无法将其删除：{msg:text}"),
    ("to begin", "等待开始"),
    (
        "concurrency: {concurrency} is not between 1 and {most_at_once}.",
        "concurrency：{concurrency} 不在 1 到 {most_at_once} 的范围内。",
    ),
    ("{option}: {value!r} is given for more than one of {nouns}.", "{option}：{value}被用于多个{nouns}。"),
    ("name: a pattern needs count or exact_count.", "name：使用名称模式时需要 count 或 exact_count。"),
    (
        "{name}: {amount} is not a number of {nouns} from 0 to {most_by_number}.",
        "{name}：{amount} 不是有效的{nouns}数量，应为 0 到 {most_by_number}。",
    ),
    ("{option}: the number of {nouns} says which ones there are.", "{option}：由{nouns}的数量决定有哪些对象。"),
    (
        "name: {pattern!r} is no pattern; it has one place for the number, such as web-%02d.",
        "name：{pattern}不是名称模式；模式中应有一处编号，例如 web-%02d。",
    ),
    ("to create", "待创建"),
    ("to change", "待更改"),
    ("to delete", "待删除"),
    ("as wanted", "已符合期望"),
    ("{label} failed: {msg}", "{label:label} 失败：{msg:text}"),
    ("{number} of {number2} {nouns} done", "{number2} 个{nouns}中已完成 {number} 个"),
    ("; slowest: {label}, {stage} for {number} s", "；最慢：{label}，{stage:text}（已持续 {number} 秒）"),
    ("rolling back: {number} {nouns} to remove", "正在回退：将删除 {number} 个{nouns}"),
    ("{nouns}: {done} done in {seconds} s, {left}", "{nouns}：已完成 {done} 个，用时 {seconds} 秒，{left:list}"),
    ("{nouns}: {done} done in {seconds} s", "{nouns}：已完成 {done} 个，用时 {seconds} 秒"),
    (" And {number} more reasons, see results.", " 另有 {number} 种原因，见 results。"),
    ("{number} of {total} {nouns} failed. {why}", "{total} 个{nouns}中有 {number} 个失败。{why:text}"),
    (
        "{option}[{number}]: it does not say which {noun} is meant, so none is deleted.",
        "{option}[{number}]：没有说明是哪个{noun}，因此不会删除。",
    ),
    ("{option}: these are to be made from each other: {names}.", "{option}：它们互为创建的前提：{names}。"),
    ("Summary of {number} objects:", "{number} 个对象的汇总："),
    ("no visible difference", "没有可见的差异"),
    ("{name} not set -> not set", "{name} 未设置 -> 未设置"),
    ("{name} not set -> {new}", "{name} 未设置 -> {new}"),
    ("{name} {old} -> not set", "{name} {old} -> 未设置"),
    (
        "{further}: not with detail: false; the short list has ids and names only.",
        "{further:list}：不能与 detail: false 同时使用；简表中只有 ID 和名称。",
    ),
    ("no answer to {action}, its effect is looked for", "{action} 没有响应，正在查找其结果"),
    (
        "It was not sent again, because that might do it twice; looking for {seconds} s showed no sign of "
        "it. It may still be carried out: see how things are before the task runs again.",
        "没有重新发送，因为那样可能会执行两次；查找 {seconds} 秒后没有发现其结果。它仍有可能被执行：请在重新"
        "运行任务之前查看实际情况。",
    ),
    (
        "It was not sent again, because that might do it twice. See whether it was carried out.",
        "没有重新发送，因为那样可能会执行两次。请查看它是否已经执行。",
    ),
    (
        "{action}: the answer was lost. It was not sent again, because that might do it twice; its effect is "
        "waited for instead.",
        "{action}：响应丢失。没有重新发送，因为那样可能会执行两次；改为等待其结果。",
    ),
    ("{option}: there is no file {path}.", "{option}：没有文件 {path}。"),
    ("Make it first, in check mode.", "请先在检查模式下生成它。"),
    ("{option}: {path} is not a plan file.", "{option}：{path} 不是计划文件。"),
    (
        "{option}: {path} is a plan file of version {version}, and this is version {version2}.",
        "{option}：{path} 是版本 {version} 的计划文件，而当前版本为 {version2}。",
    ),
    ("Make it again, in check mode.", "请在检查模式下重新生成它。"),
    ("{object} is broken: {why}", "{object:text}已损坏：{why:text}"),
    ("id: there is no {noun} {id!r}.", "id：没有 ID 为{id}的{noun}。"),
    ("A new {noun} needs {missing}.", "新建{noun}需要 {missing:list}。"),
    ("The platform does not return them for the old one.", "平台没有返回旧对象的这些值。"),
    (
        "There is no {noun} yet that {identity}. An earlier task would have to create it; here {missing} "
        "would be missing.",
        "尚无{identity:text}的{noun}。前面的任务应会创建它；若在此创建，则缺少 {missing:list}。",
    ),
    (
        "name: {name!r} is the name of another {noun} already ({others}); {object} was not renamed.",
        "name：{name}已经是另一个{noun}的名称（{others}）；{object:text}没有改名。",
    ),
    (
        "replace: the successor gets another id. Specify {names} beside id, so that the next run finds it.",
        "replace：替代它的对象会有新的 ID。请在 id 之外再指定 {names:list}，以便下次运行能找到它。",
    ),
    ("Nothing was changed.", "没有更改任何内容。"),
    (
        "The quota of the project has no room for the successor of {object}: {rooms}.",
        "该组织的配额不足以创建{object:text}的替代对象：{rooms:text}。",
    ),
    ("{key} {amount} needed, {left} left of {allowed}", "{key} 需要 {amount}，配额 {allowed} 中剩余 {left}"),
    ("The {noun} {name} ({own_id})", "{noun}{name}（{own_id}）"),
    ("The {noun} {own_id}", "{noun} {own_id}"),
    ("another with a new {anew}", "另一个具有新 {anew:list} 的对象"),
    (
        "replace: true would delete it{lost} and create {successor}.",
        "replace: true 会将其删除{lost:text}，并创建{successor:text}。",
    ),
    ("is named {name!r}", "名为{name}"),
    ("has the id None", "没有 ID"),
    ("There is no {noun} {name!r}.", "没有名为{name}的{noun}。"),
    ("There is no {noun} that {identity}.", "没有{identity:text}的{noun}。"),
    ("To create it, specify {needed}.", "要创建它，请指定 {needed:list}。"),
    (
        "{details}. The platform cannot change {names} of an existing {noun}.",
        "{details:text}。平台不能更改已有{noun}的 {names:list}。",
    ),
    ("{name}: {has}, wanted {wanted}", "{name}：{has:text}，期望{wanted:text}"),
    ("{name}.{key}: {has}, wanted {wanted}", "{name}.{key}：{has:text}，期望{wanted:text}"),
    ("not set", "未设置"),
    ("refused for now, {action} is tried again", "暂时被拒绝，将重试 {action}"),
    ("Another form of it was refused, too: {message}", "它的另一种形式也被拒绝：{message:text}"),
    (
        "{object} was made while another process made one of the same name: {older}.",
        "在创建{object:text}的同时，另一个进程创建了同名的对象：{older:names}。",
    ),
    (
        "Both exist now. Delete the one that is not wanted by its id (state: absent, id: {own_id}).",
        "现在两者都存在。请按 ID 删除不需要的那一个（state: absent，id: {own_id}）。",
    ),
    ("to appear", "等待出现"),
    (
        "{name}: the platform took the request, but no such {noun} appeared.",
        "{name}：平台接受了请求，但没有出现该{noun}。",
    ),
    (
        "{object} is not ready {timeout} s after {action!r}; last status: {status}.",
        "{object:text}在{action}之后 {timeout} 秒仍未就绪；最后的状态：{status}。",
    ),
    ("{object} is not ready {timeout} s after {action!r}.", "{object:text}在{action}之后 {timeout} 秒仍未就绪。"),
    (
        "It may still get there: run the task again, or raise wait_timeout.",
        "它之后仍可能就绪：请重新运行任务，或增大 wait_timeout。",
    ),
    ("It may still get there: run the task again.", "它之后仍可能就绪：请重新运行任务。"),
    ("{label}: done in {seconds} s", "{label:label}：已完成，用时 {seconds} 秒"),
    ("{diffs} equal changes", "{diffs} 项相同的更改"),
)
