<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Open source {0}</source>
        <translation>打开来源 {0}</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>How many photos do I have?</source>
        <translation>我有多少张照片？</translation>
    </message>
    <message>
        <source>What was the total on the last receipt?</source>
        <translation>上一张收据的总额是多少？</translation>
    </message>
    <message>
        <source>When does my train leave?</source>
        <translation>我的火车几点出发？</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Export as Markdown …</source>
        <translation>导出为 Markdown…</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Choose a model …</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>想知道什么？</translation>
    </message>
    <message>
        <source>Choose folders …</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Answers rest on your own files and say where each statement comes from.</source>
        <translation>回答以你自己的文件为依据，并注明每句话的出处。</translation>
    </message>
    <message>
        <source>Answers rest on your own files. There are none in the library yet.</source>
        <translation>回答以你自己的文件为依据，但资料库里还没有文件。</translation>
    </message>
    <message>
        <source>Answers are quoted from your files for now. {0}</source>
        <translation>目前的回答直接引用你的文件。{0}</translation>
    </message>
    <message>
        <source>Export conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Exported to {0}</source>
        <translation>已导出到 {0}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>The best picture search here, in over a hundred languages.</source>
        <translation>这里最好的图片搜索，支持一百多种语言。</translation>
    </message>
    <message>
        <source>Picture search in over a hundred languages with half the download.</source>
        <translation>支持一百多种语言的图片搜索，下载量减半。</translation>
    </message>
    <message>
        <source>An independent 8-bit conversion of this model came out clearly less exact (cosine 0.92 to 0.93 to the full one).</source>
        <translation>此模型的一份独立 8 位转换版精度明显较低（与完整版的余弦相似度为 0.92 至 0.93）。</translation>
    </message>
    <message>
        <source>Does not run on Macs with Apple chips; take the 16-bit version there.</source>
        <translation>不能在 Apple 芯片的 Mac 上运行；请改用 16 位版本。</translation>
    </message>
    <message>
        <source>Very good picture search in English.</source>
        <translation>很好的英语图片搜索。</translation>
    </message>
    <message>
        <source>Good picture search in English with a small download.</source>
        <translation>不错的英语图片搜索，下载量小。</translation>
    </message>
    <message>
        <source>Its 8-bit vectors differ from the full model&apos;s (cosine 0.94 to 0.99 for pictures): found things may rank differently.</source>
        <translation>它的 8 位向量与完整模型有出入（图片的余弦相似度为 0.94 至 0.99）：结果排序可能不同。</translation>
    </message>
    <message>
        <source>Sees smaller details than CLIP ViT-B/32; about three times slower.</source>
        <translation>比 CLIP ViT-B/32 看得更细；速度约慢三倍。</translation>
    </message>
    <message>
        <source>Sees smaller details than CLIP ViT-B/32, with a small download.</source>
        <translation>比 CLIP ViT-B/32 看得更细，下载量小。</translation>
    </message>
    <message>
        <source>Fast picture search in English; with the multilingual companion also in other languages.</source>
        <translation>快速的英语图片搜索；配合多语言文本模型，也支持其他语言。</translation>
    </message>
    <message>
        <source>The size of one of its files is not known beforehand; the file is recognised by its fingerprint alone.</source>
        <translation>其中一个文件的大小事先未知；仅凭指纹识别该文件。</translation>
    </message>
    <message>
        <source>The same picture search as the 32-bit version with half the download.</source>
        <translation>与 32 位版本相同的图片搜索，下载量减半。</translation>
    </message>
    <message>
        <source>Fast picture search in English with the smallest download.</source>
        <translation>快速的英语图片搜索，下载量最小。</translation>
    </message>
    <message>
        <source>Picture search for slow computers; research use only.</source>
        <translation>适合较慢电脑的图片搜索；仅限研究用途。</translation>
    </message>
    <message>
        <source>Its licence allows research only, no commercial use.</source>
        <translation>其许可证仅允许研究用途，不得商用。</translation>
    </message>
    <message>
        <source>Its 8-bit picture part is broken (0.7 % instead of 70 % right on ImageNet), so only the 32-bit files are offered.</source>
        <translation>它的 8 位图片部分有缺陷（ImageNet 准确率 0.7 %，应为 70 %），因此只提供 32 位文件。</translation>
    </message>
    <message>
        <source>How its pictures were cropped in training is not documented; results may be a little worse than published.</source>
        <translation>训练时如何裁剪图片没有记录；结果可能略逊于公布的水平。</translation>
    </message>
    <message>
        <source>The starter: finds common things, animals and places in photos by English words.</source>
        <translation>入门模型：用英语词语查找照片中常见的事物、动物和地点。</translation>
    </message>
    <message>
        <source>The starter in half the time, a little less exact.</source>
        <translation>入门模型的快速版，用时减半，精度略低。</translation>
    </message>
    <message>
        <source>Lets CLIP ViT-B/32 understand over fifty languages without reading any picture again.</source>
        <translation>让 CLIP ViT-B/32 理解五十多种语言，无需重新读取图片。</translation>
    </message>
    <message>
        <source>Made for ARM processors: on Intel and AMD processors it runs, but its quality there was not measured.</source>
        <translation>专为 ARM 处理器制作：可在 Intel 和 AMD 处理器上运行，但质量未经测量。</translation>
    </message>
    <message>
        <source>Finds longer English passages more precisely than the bundled model.</source>
        <translation>查找较长的英语段落，比自带模型更准确。</translation>
    </message>
    <message>
        <source>Finds English passages more precisely than the bundled model.</source>
        <translation>查找英语段落，比自带模型更准确。</translation>
    </message>
    <message>
        <source>Finds passages in about a hundred languages, also across languages.</source>
        <translation>支持约一百种语言的段落查找，也可跨语言查找。</translation>
    </message>
    <message>
        <source>Finds English passages by meaning; comes with the program.</source>
        <translation>按含义查找英语段落；随程序附带。</translation>
    </message>
    <message>
        <source>Sorts hits best, in many languages; slow, and takes about a gigabyte of memory.</source>
        <translation>多语言结果排序效果最好；速度慢，占用约 1 GB 内存。</translation>
    </message>
    <message>
        <source>Takes 0.9 to 1.3 GB of memory.</source>
        <translation>占用 0.9 至 1.3 GB 内存。</translation>
    </message>
    <message>
        <source>Sorts hits well in English and Chinese; takes half a gigabyte of memory.</source>
        <translation>中英文结果排序效果好；占用约 0.5 GB 内存。</translation>
    </message>
    <message>
        <source>Takes about 0.5 GB of memory.</source>
        <translation>占用约 0.5 GB 内存。</translation>
    </message>
    <message>
        <source>Sorts English hits fast.</source>
        <translation>快速排序英语结果。</translation>
    </message>
    <message>
        <source>Sorts English hits fast, with the smallest download.</source>
        <translation>快速排序英语结果，下载量最小。</translation>
    </message>
    <message>
        <source>The most careful answers here; needs 8 GB of free memory and patience without a graphics card.</source>
        <translation>这里最严谨的回答；需要 8 GB 可用内存，没有显卡时需耐心等待。</translation>
    </message>
    <message>
        <source>Careful answers from documents and photos; needs 8 GB of free memory.</source>
        <translation>根据文档和照片严谨作答；需要 8 GB 可用内存。</translation>
    </message>
    <message>
        <source>Good answers from documents, receipts and photos; needs 5 GB of free memory.</source>
        <translation>根据文档、收据和照片作答，效果好；需要 5 GB 可用内存。</translation>
    </message>
    <message>
        <source>Good answers in many languages; needs 5 GB of free memory.</source>
        <translation>支持多种语言，回答质量好；需要 5 GB 可用内存。</translation>
    </message>
    <message>
        <source>Google&apos;s Gemma terms of use and its list of forbidden uses apply: ai.google.dev/gemma/terms.</source>
        <translation>适用 Google 的 Gemma 使用条款及禁止用途清单：ai.google.dev/gemma/terms。</translation>
    </message>
    <message>
        <source>The server may ask for an account; then download it in a browser and import the two files.</source>
        <translation>服务器可能要求登录帐号；如有需要，请用浏览器下载后导入两个文件。</translation>
    </message>
    <message>
        <source>Good answers from documents and photos; research use only.</source>
        <translation>根据文档和照片作答，效果好；仅限研究用途。</translation>
    </message>
    <message>
        <source>Its licence (Qwen Research) allows no commercial use.</source>
        <translation>其许可证（Qwen Research）不允许商用。</translation>
    </message>
    <message>
        <source>Answers from documents and photos; needs 4 GB of free memory.</source>
        <translation>根据文档和照片作答；需要 4 GB 可用内存。</translation>
    </message>
    <message>
        <source>Where its second file lies is known from one source only; if the download fails, choose another model.</source>
        <translation>它的第二个文件只有一个已知来源；如果下载失败，请选择其他模型。</translation>
    </message>
    <message>
        <source>Answers on an ordinary computer; needs 3 GB of free memory.</source>
        <translation>可在普通电脑上作答；需要 3 GB 可用内存。</translation>
    </message>
    <message>
        <source>Answers on an ordinary computer with a small language part; needs 3 GB of free memory.</source>
        <translation>可在普通电脑上作答，语言部分较小；需要 3 GB 可用内存。</translation>
    </message>
    <message>
        <source>Needs a recent llama.cpp: its design is newer than the others&apos;.</source>
        <translation>需要较新的 llama.cpp：它的结构比其他模型更新。</translation>
    </message>
    <message>
        <source>Short answers in English on an ordinary computer; needs 3 GB of free memory.</source>
        <translation>在普通电脑上用英语简短作答；需要 3 GB 可用内存。</translation>
    </message>
    <message>
        <source>The smallest download that answers; short and often inexact, in English.</source>
        <translation>能作答的模型中下载量最小；英语回答，简短且常不准确。</translation>
    </message>
    <message>
        <source>Writes down speech in about a hundred languages.</source>
        <translation>转写约一百种语言的语音。</translation>
    </message>
    <message>
        <source>Writes down speech fast, with more mistakes.</source>
        <translation>快速转写语音，错误较多。</translation>
    </message>
    <message>
        <source>Writes down English speech fast.</source>
        <translation>快速转写英语语音。</translation>
    </message>
    <message>
        <source>The starter: finds English words in clear speech; one in five is wrong.</source>
        <translation>入门模型：识别清晰语音中的英语单词；约五分之一有误。</translation>
    </message>
    <message>
        <source>Finds sounds by a description.</source>
        <translation>按描述查找声音。</translation>
    </message>
    <message>
        <source>Sources disagree on its licence: Apache-2.0 or CC-BY-4.0.</source>
        <translation>各来源对其许可证的说法不一：Apache-2.0 或 CC-BY-4.0。</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>Remove filter: {0}</source>
        <translation>移除筛选条件：{0}</translation>
    </message>
    <message>
        <source>Search without this filter</source>
        <translation>搜索时不使用此筛选条件</translation>
    </message>
</context>
<context>
    <name>CitationCard</name>
    <message>
        <source>Source {0}: {1}</source>
        <translation>来源 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>{0} has not been understood.</source>
        <translation>尚未理解 {0}。</translation>
    </message>
    <message>
        <source>{0} met an instruction unknown to this processor.</source>
        <translation>{0} 遇到了此处理器不支持的指令。</translation>
    </message>
    <message>
        <source>The processes that read files were ended.</source>
        <translation>读取文件的进程已结束。</translation>
    </message>
    <message>
        <source>{0} only speaks of a file beside it, and none that is kept lies there.</source>
        <translation>{0} 只用来说明旁边的文件，而旁边没有已收录的文件。</translation>
    </message>
    <message>
        <source>{0} lies beside a recording but holds no lines with their times.</source>
        <translation>{0} 位于一个音视频文件旁边，但其中没有带时间的文字。</translation>
    </message>
    <message>
        <source>{0} is not a folder that can be reached.</source>
        <translation>{0} 不是可以访问的文件夹。</translation>
    </message>
    <message>
        <source>{0} is a file.</source>
        <translation>{0} 是一个文件。</translation>
    </message>
    <message>
        <source>Add the folder that it lies in.</source>
        <translation>请添加它所在的文件夹。</translation>
    </message>
    <message>
        <source>Nothing uses {0} yet.</source>
        <translation>还没有使用 {0} 的内容。</translation>
    </message>
    <message>
        <source>There is nothing at {0}.</source>
        <translation>{0} 处什么也没有。</translation>
    </message>
    <message>
        <source>{0} lies in none of the watched folders.</source>
        <translation>{0} 不在任何监视的文件夹中。</translation>
    </message>
    <message>
        <source>There is no file {0}.</source>
        <translation>没有文件 {0}。</translation>
    </message>
    <message>
        <source>{0} holds neither scenes nor words to search by.</source>
        <translation>{0} 中既没有画面也没有可用来搜索的文字。</translation>
    </message>
    <message>
        <source>A sound is searched by what is said in it and by its name.</source>
        <translation>搜索声音依据其中说的话和文件名。</translation>
    </message>
    <message>
        <source>No model that understands sounds is installed: this one is searched by what is said in it and by its name.</source>
        <translation>没有安装能理解声音的模型：此声音依据其中说的话和文件名搜索。</translation>
    </message>
    <message>
        <source>No model that understands pictures is installed, and no text is in this one.</source>
        <translation>没有安装能看懂图片的模型，而且这张图片中没有文字。</translation>
    </message>
    <message>
        <source>`desktop-mmrag models list` shows the models for pictures and their sizes.</source>
        <translation>运行 `desktop-mmrag models list` 可列出图片模型及其大小。</translation>
    </message>
    <message>
        <source>{0} has no such part.</source>
        <translation>{0} 没有这一部分。</translation>
    </message>
    <message>
        <source>Look at it with `show`.</source>
        <translation>用 `show` 查看它。</translation>
    </message>
    <message>
        <source>{0} holds neither sound nor moving pictures.</source>
        <translation>{0} 中既没有声音也没有画面。</translation>
    </message>
    <message>
        <source>No sound of {0} can be decoded.</source>
        <translation>无法解码 {0} 的声音。</translation>
    </message>
    <message>
        <source>{0} is a sound without a cover picture.</source>
        <translation>{0} 是没有封面图片的音频。</translation>
    </message>
    <message>
        <source>{0} does not say what it holds; it is no whole book.</source>
        <translation>{0} 没有说明其内容，不是完整的图书。</translation>
    </message>
    <message>
        <source>{0} is protected by its seller and opens in certain readers only.</source>
        <translation>{0} 受销售方保护，只能在特定阅读器中打开。</translation>
    </message>
    <message>
        <source>A copy without the protection would be found.</source>
        <translation>没有保护的副本可以被找到。</translation>
    </message>
    <message>
        <source>{0} is a chat of more than 60 MB.</source>
        <translation>{0} 是超过 60 MB 的聊天记录。</translation>
    </message>
    <message>
        <source>Export the chat in parts, year by year.</source>
        <translation>请按年份分段导出聊天记录。</translation>
    </message>
    <message>
        <source>{0} begins like {1} but cannot be read: {2}.</source>
        <translation>{0} 的开头像{1}，但无法读取：{2}。</translation>
    </message>
    <message>
        <source>{0} is a table of more than 200 MB.</source>
        <translation>{0} 是超过 200 MB 的表格。</translation>
    </message>
    <message>
        <source>Split it into parts.</source>
        <translation>请拆分成几部分。</translation>
    </message>
    <message>
        <source>{0} is no table of values: {1}.</source>
        <translation>{0} 不是数据表：{1}。</translation>
    </message>
    <message>
        <source>{0} has no page that can be read.</source>
        <translation>{0} 没有可读取的页面。</translation>
    </message>
    <message>
        <source>{0} has no page {1} any more.</source>
        <translation>{0} 已没有第 {1} 页。</translation>
    </message>
    <message>
        <source>{0} is not a PDF that can be opened.</source>
        <translation>{0} 不是能打开的 PDF。</translation>
    </message>
    <message>
        <source>{0} has no pages.</source>
        <translation>{0} 没有页面。</translation>
    </message>
    <message>
        <source>{0} is no longer an ordinary file.</source>
        <translation>{0} 已不再是普通文件。</translation>
    </message>
    <message>
        <source>{0} opens with a password only.</source>
        <translation>{0} 需要密码才能打开。</translation>
    </message>
    <message>
        <source>{0} could not be decoded: {1}.</source>
        <translation>无法解码 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} needs more memory than the limit allows.</source>
        <translation>{0} 需要的内存超过限制。</translation>
    </message>
    <message>
        <source>{0} has more pixels than the limit allows.</source>
        <translation>{0} 的像素超过限制。</translation>
    </message>
    <message>
        <source>Reading {0} tried to do what reading may not do: {1}.</source>
        <translation>读取 {0} 时试图进行不允许的操作：{1}。</translation>
    </message>
    <message>
        <source>{0} is no longer there.</source>
        <translation>{0} 已不存在。</translation>
    </message>
    <message>
        <source>{0} may not be opened.</source>
        <translation>无权打开 {0}。</translation>
    </message>
    <message>
        <source>The drive could not read {0}.</source>
        <translation>驱动器无法读取 {0}。</translation>
    </message>
    <message>
        <source>Check the drive, then try again.</source>
        <translation>请检查驱动器，然后重试。</translation>
    </message>
    <message>
        <source>{0} has no content.</source>
        <translation>{0} 没有内容。</translation>
    </message>
    <message>
        <source>{0} is named like {1} but lacks its parts.</source>
        <translation>{0} 的名称像{1}，但缺少其组成部分。</translation>
    </message>
    <message>
        <source>{0} is named like {1} but is none.</source>
        <translation>{0} 的名称像{1}，但实际不是。</translation>
    </message>
    <message>
        <source>{0} is cut off or damaged; its end is missing.</source>
        <translation>{0} 不完整或已损坏，缺少结尾。</translation>
    </message>
    <message>
        <source>{0} holds no message.</source>
        <translation>{0} 中没有邮件。</translation>
    </message>
    <message>
        <source>{0} is a text of more than 20 MB.</source>
        <translation>{0} 是超过 20 MB 的文本。</translation>
    </message>
    <message>
        <source>{0} holds no words.</source>
        <translation>{0} 中没有文字。</translation>
    </message>
    <message>
        <source>{0} holds no words and no pictures.</source>
        <translation>{0} 中既没有文字也没有图片。</translation>
    </message>
    <message>
        <source>{0} has no content; it is no whole document.</source>
        <translation>{0} 没有内容，不是完整的文档。</translation>
    </message>
    <message>
        <source>{0} holds {1} parts, more than any real document.</source>
        <translation>{0} 含有 {1} 个部分，超过任何正常文档。</translation>
    </message>
    <message>
        <source>{0} would unpack to more than 2 GB.</source>
        <translation>{0} 解压后将超过 2 GB。</translation>
    </message>
    <message>
        <source>{0} holds a part that is too large to read ({1}).</source>
        <translation>{0} 中有一个部分过大，无法读取（{1}）。</translation>
    </message>
    <message>
        <source>{0} unpacks to far more than any real document; it is not opened.</source>
        <translation>{0} 解压后远大于任何正常文档，因此不打开。</translation>
    </message>
    <message>
        <source>It was probably made to harm the programs that open it; delete it.</source>
        <translation>它很可能是为破坏打开它的程序而制作的，请删除。</translation>
    </message>
    <message>
        <source>{0} holds a part of more than 600 MB.</source>
        <translation>{0} 中有一个部分超过 600 MB。</translation>
    </message>
    <message>
        <source>A part of {0} is damaged ({1}).</source>
        <translation>{0} 的一个部分已损坏（{1}）。</translation>
    </message>
    <message>
        <source>{0} defines entities, which no real document does.</source>
        <translation>{0} 定义了正常文档不会有的实体。</translation>
    </message>
    <message>
        <source>{0} is {1}, not a picture.</source>
        <translation>{0} 是{1}，不是图片。</translation>
    </message>
    <message>
        <source>{0} ends before the picture does.</source>
        <translation>{0} 在图片结束之前中断。</translation>
    </message>
    <message>
        <source>{0} begins like {1} but cannot be decoded.</source>
        <translation>{0} 的开头像{1}，但无法解码。</translation>
    </message>
    <message>
        <source>The process that reads files did not start.</source>
        <translation>读取文件的进程没有启动。</translation>
    </message>
    <message>
        <source>Reading {0} ended abruptly ({1}).</source>
        <translation>读取 {0} 时突然中止（{1}）。</translation>
    </message>
    <message>
        <source>{0} took longer than {1} seconds.</source>
        <translation>{0} 用时超过 {1} 秒。</translation>
    </message>
    <message>
        <source>Reading {0} gave an unexpected answer.</source>
        <translation>读取 {0} 时得到意外的结果。</translation>
    </message>
    <message>
        <source>Reading {0} was ended by the system, most likely for lack of memory.</source>
        <translation>读取 {0} 时被系统中止，很可能是内存不足。</translation>
    </message>
    <message>
        <source>The process that reads files ended at once.</source>
        <translation>读取文件的进程一启动就结束了。</translation>
    </message>
    <message>
        <source>{0} comes from a camera that is not known, or is damaged.</source>
        <translation>{0} 来自未知型号的相机，或已损坏。</translation>
    </message>
    <message>
        <source>Convert it to DNG or JPEG if it should be found.</source>
        <translation>如需查找它，请转换为 DNG 或 JPEG。</translation>
    </message>
    <message>
        <source>{0} begins like a raw picture but breaks off.</source>
        <translation>{0} 的开头像 RAW 图片，但中途断开。</translation>
    </message>
    <message>
        <source>{0} holds a codec that cannot be decoded here.</source>
        <translation>{0} 使用了无法在此解码的编码。</translation>
    </message>
    <message>
        <source>Convert it to MP4 (H.264, AAC) if it should be found.</source>
        <translation>如需查找它，请转换为 MP4（H.264、AAC）。</translation>
    </message>
    <message>
        <source>{0} begins like {1} but cannot be opened; it may be cut off.</source>
        <translation>{0} 的开头像{1}，但无法打开；可能不完整。</translation>
    </message>
    <message>
        <source>{0} is a text of more than 200 MB.</source>
        <translation>{0} 是超过 200 MB 的文本。</translation>
    </message>
    <message>
        <source>{0} ends before its text begins.</source>
        <translation>{0} 在正文开始之前就结束了。</translation>
    </message>
    <message>
        <source>{0} lies within too many others.</source>
        <translation>{0} 嵌套的层数过多。</translation>
    </message>
    <message>
        <source>{0} only speaks of a picture beside it.</source>
        <translation>{0} 只是旁边图片的说明。</translation>
    </message>
    <message>
        <source>{0} has no list of slides; it is no whole presentation.</source>
        <translation>{0} 没有幻灯片列表，不是完整的演示文稿。</translation>
    </message>
    <message>
        <source>{0} is a side-car of more than 4 MB.</source>
        <translation>{0} 是超过 4 MB 的附属文件。</translation>
    </message>
    <message>
        <source>{0} begins like a takeout&apos;s side-car but breaks off.</source>
        <translation>{0} 的开头像 Takeout 附属文件，但中途断开。</translation>
    </message>
    <message>
        <source>{0} is a drawing of more than 20 MB.</source>
        <translation>{0} 是超过 20 MB 的绘图。</translation>
    </message>
    <message>
        <source>{0} is built of references that are not followed.</source>
        <translation>{0} 由不会被跟随的引用构成。</translation>
    </message>
    <message>
        <source>{0} could not be drawn: {1}.</source>
        <translation>无法绘制 {0}：{1}。</translation>
    </message>
    <message>
        <source>No picture of {0} can be decoded.</source>
        <translation>无法解码 {0} 的画面。</translation>
    </message>
    <message>
        <source>No picture of {0} can be decoded at that second.</source>
        <translation>无法解码 {0} 在该秒的画面。</translation>
    </message>
    <message>
        <source>{0} is cut off: its end is missing.</source>
        <translation>{0} 不完整：缺少结尾。</translation>
    </message>
    <message>
        <source>{0} is cut off: it ends within a page.</source>
        <translation>{0} 不完整：在一页中间结束。</translation>
    </message>
    <message>
        <source>{0} is cut off: {1} of {2} seconds can be read.</source>
        <translation>{0} 不完整：{2} 秒中只能读取 {1} 秒。</translation>
    </message>
    <message>
        <source>{0} has no text part; it is no whole Word document.</source>
        <translation>{0} 没有正文部分，不是完整的 Word 文档。</translation>
    </message>
    <message>
        <source>{0} is named like an XMP side-car but holds no XMP.</source>
        <translation>{0} 的名称像 XMP 附属文件，但其中没有 XMP。</translation>
    </message>
    <message>
        <source>{0} is a side-car of more than 16 MB.</source>
        <translation>{0} 是超过 16 MB 的附属文件。</translation>
    </message>
    <message>
        <source>It could not be embedded: {0}.</source>
        <translation>无法生成向量：{0}。</translation>
    </message>
    <message>
        <source>{0} cannot be opened by this name.</source>
        <translation>无法用此名称打开 {0}。</translation>
    </message>
    <message>
        <source>There is no room for preview pictures.</source>
        <translation>没有空间存放预览图片。</translation>
    </message>
    <message>
        <source>{0} has changed.</source>
        <translation>{0} 已更改。</translation>
    </message>
    <message>
        <source>{0} has {1} MB; the limit is {2} MB.</source>
        <translation>{0} 有 {1} MB，上限为 {2} MB。</translation>
    </message>
    <message>
        <source>Reading {0} came to no end.</source>
        <translation>读取 {0} 一直没有结束。</translation>
    </message>
    <message>
        <source>{0} is not one of the watched folders.</source>
        <translation>{0} 不是监视的文件夹。</translation>
    </message>
    <message>
        <source>{0} is damaged ({1}); it was moved to {2}.</source>
        <translation>{0} 已损坏（{1}），已移到 {2}。</translation>
    </message>
    <message>
        <source>SQLite {0} is too old; {1} is the oldest trusted.</source>
        <translation>SQLite {0} 过旧；可信的最旧版本是 {1}。</translation>
    </message>
    <message>
        <source>{0} has version {1}; this program knows {2}.</source>
        <translation>{0} 的版本是 {1}；本程序支持到 {2}。</translation>
    </message>
    <message>
        <source>The SQLite inside APSW is too old to be trusted with a library.</source>
        <translation>APSW 内的 SQLite 过旧，不宜用于资料库。</translation>
    </message>
    <message>
        <source>sqlite-vec finds the wrong vector.</source>
        <translation>sqlite-vec 找到的向量有误。</translation>
    </message>
    <message>
        <source>sqlite-vec does not work: {0}.</source>
        <translation>sqlite-vec 无法工作：{0}。</translation>
    </message>
    <message>
        <source>{0} cannot be opened: {1}.</source>
        <translation>无法打开 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is damaged; it was moved to {1}.</source>
        <translation>{0} 已损坏，已移到 {1}。</translation>
    </message>
    <message>
        <source>There is no room for {0}.</source>
        <translation>没有空间存放 {0}。</translation>
    </message>
    <message>
        <source>Your files are untouched. End the program: the library is then set aside, and built anew at the next start.</source>
        <translation>你的文件未受影响。请退出程序：资料库随后会被移到一旁，并在下次启动时重新建立。</translation>
    </message>
    <message>
        <source>The drive could not read or write {0}.</source>
        <translation>驱动器无法读取或写入 {0}。</translation>
    </message>
    <message>
        <source>{0} is damaged.</source>
        <translation>{0} 已损坏。</translation>
    </message>
    <message>
        <source>{0} cannot be written to.</source>
        <translation>无法写入 {0}。</translation>
    </message>
    <message>
        <source>{0} lies on a network drive, where SQLite may lose data.</source>
        <translation>{0} 位于网络驱动器上，SQLite 在那里可能丢失数据。</translation>
    </message>
    <message>
        <source>{0} cannot be used: {1}.</source>
        <translation>无法使用 {0}：{1}。</translation>
    </message>
    <message>
        <source>The library in {0} is being updated already.</source>
        <translation>{0} 中的资料库正在更新。</translation>
    </message>
    <message>
        <source>The system does not report changes in {0} ({1}); it is looked at every {2} seconds instead.</source>
        <translation>系统不报告 {0} 中的更改（{1}）；改为每 {2} 秒查看一次。</translation>
    </message>
    <message>
        <source>No model is called {0}.</source>
        <translation>没有名为 {0} 的模型。</translation>
    </message>
    <message>
        <source>{0} does not say how pictures are prepared.</source>
        <translation>{0} 没有说明如何准备图片。</translation>
    </message>
    <message>
        <source>{0} gives vectors of shape {1}, not of {2}.</source>
        <translation>{0} 给出的向量形状为 {1}，应为 {2}。</translation>
    </message>
    <message>
        <source>{0} is nothing to download.</source>
        <translation>{0} 没有可下载的内容。</translation>
    </message>
    <message>
        <source>{0} leads to an unencrypted address.</source>
        <translation>{0} 指向未加密的地址。</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} needs {1}, {2} are free.</source>
        <translation>{0} 需要 {1}，可用空间为 {2}。</translation>
    </message>
    <message>
        <source>{0} of {1} has another content.</source>
        <translation>{1} 的 {0} 内容不符。</translation>
    </message>
    <message>
        <source>It cannot be written: {0}.</source>
        <translation>无法写入：{0}。</translation>
    </message>
    <message>
        <source>The disk is full; what arrived is kept.</source>
        <translation>磁盘已满；已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{0} is not a GGUF file: {1}.</source>
        <translation>{0} 不是 GGUF 文件：{1}。</translation>
    </message>
    <message>
        <source>{0} has no file for {1}.</source>
        <translation>{0} 没有用于 {1} 的文件。</translation>
    </message>
    <message>
        <source>{0} is not installed.</source>
        <translation>{0} 未安装。</translation>
    </message>
    <message>
        <source>Install it with `desktop-mmrag models install {0}`.</source>
        <translation>请运行 `desktop-mmrag models install {0}` 安装。</translation>
    </message>
    <message>
        <source>{0} is part of the program.</source>
        <translation>{0} 是程序的一部分。</translation>
    </message>
    <message>
        <source>It needs {0} MB, {1} MB are free.</source>
        <translation>需要 {0} MB，可用空间为 {1} MB。</translation>
    </message>
    <message>
        <source>{0} in {1} is not the file it should be.</source>
        <translation>{1} 中的 {0} 不是应有的文件。</translation>
    </message>
    <message>
        <source>The files cannot be copied: {0}.</source>
        <translation>无法拷贝文件：{0}。</translation>
    </message>
    <message>
        <source>The bundled text model is missing; install the program again.</source>
        <translation>缺少自带的文本模型；请重新安装程序。</translation>
    </message>
    <message>
        <source>{0} is a model for {1}, not for {2}.</source>
        <translation>{0} 是用于 {1} 的模型，不能用于 {2}。</translation>
    </message>
    <message>
        <source>{0} is not an ONNX file: {1}.</source>
        <translation>{0} 不是 ONNX 文件：{1}。</translation>
    </message>
    <message>
        <source>{0} wants to read {1}, which lies outside its folder.</source>
        <translation>{0} 试图读取其文件夹之外的 {1}。</translation>
    </message>
    <message>
        <source>Do not use this model; it may be meant to do harm.</source>
        <translation>请勿使用此模型；它可能有恶意。</translation>
    </message>
    <message>
        <source>{0} has no output that can be used, only {1}.</source>
        <translation>{0} 没有可用的输出，只有 {1}。</translation>
    </message>
    <message>
        <source>{0} wants an input {1} that is not known.</source>
        <translation>{0} 需要未知的输入 {1}。</translation>
    </message>
    <message>
        <source>{0} cannot be loaded: {1}</source>
        <translation>无法加载 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} failed: {1}</source>
        <translation>{0} 失败：{1}</translation>
    </message>
    <message>
        <source>{0} does not hold one linear layer.</source>
        <translation>{0} 不是单个线性层。</translation>
    </message>
    <message>
        <source>{0} is not a safetensors file: {1}</source>
        <translation>{0} 不是 safetensors 文件：{1}</translation>
    </message>
    <message>
        <source>There is no .onnx or .gguf file among them.</source>
        <translation>其中没有 .onnx 或 .gguf 文件。</translation>
    </message>
    <message>
        <source>{0} takes {1}, neither text nor pictures.</source>
        <translation>{0} 的输入是 {1}，既非文本也非图片。</translation>
    </message>
    <message>
        <source>Its output is neither token states nor one score.</source>
        <translation>它的输出既不是词元状态，也不是单个分数。</translation>
    </message>
    <message>
        <source>No files were given.</source>
        <translation>没有给出文件。</translation>
    </message>
    <message>
        <source>These are files of {0}; still missing: {1}.</source>
        <translation>这些是 {0} 的文件；缺少 {1}。</translation>
    </message>
    <message>
        <source>Give all its files at once.</source>
        <translation>请一次给出它的所有文件。</translation>
    </message>
    <message>
        <source>An answering model is two GGUF files: the language model and its mmproj file, but there are {0} and {1}.</source>
        <translation>回答模型由两个 GGUF 文件组成：语言模型及其 mmproj 文件，但这里有 {0} 和 {1}。</translation>
    </message>
    <message>
        <source>It needs an ONNX file that reads text, and its tokenizer.json.</source>
        <translation>需要一个读取文本的 ONNX 文件及其 tokenizer.json。</translation>
    </message>
    <message>
        <source>Its tokenizer is neither CLIP&apos;s nor SigLIP 2&apos;s.</source>
        <translation>它的分词器既不是 CLIP 的，也不是 SigLIP 2 的。</translation>
    </message>
    <message>
        <source>Its pictures and its words have vectors of different length.</source>
        <translation>它的图片向量和文字向量长度不同。</translation>
    </message>
    <message>
        <source>It has no output of one vector for each input.</source>
        <translation>它没有为每个输入输出一个向量。</translation>
    </message>
    <message>
        <source>There is more than one ONNX file of the same kind.</source>
        <translation>同类的 ONNX 文件不止一个。</translation>
    </message>
    <message>
        <source>{0} keeps its numbers in a second file.</source>
        <translation>{0} 将数值保存在另一个文件中。</translation>
    </message>
    <message>
        <source>Save it as one file; ONNX allows 2 GB.</source>
        <translation>请保存为单个文件；ONNX 最大允许 2 GB。</translation>
    </message>
    <message>
        <source>{0} is not a tokenizer: {1}.</source>
        <translation>{0} 不是分词器：{1}。</translation>
    </message>
    <message>
        <source>The reranker gives numbers that are not finite.</source>
        <translation>重排模型给出的数值不是有限值。</translation>
    </message>
    <message>
        <source>{0} is no decoder of speech with a cache.</source>
        <translation>{0} 不是带缓存的语音解码器。</translation>
    </message>
    <message>
        <source>The tokenizer has no marks of start and end.</source>
        <translation>分词器没有开始和结束标记。</translation>
    </message>
    <message>
        <source>The process that writes down speech did not start.</source>
        <translation>转写语音的进程没有启动。</translation>
    </message>
    <message>
        <source>Writing down speech took too long.</source>
        <translation>转写语音用时过长。</translation>
    </message>
    <message>
        <source>The process that writes down speech ended.</source>
        <translation>转写语音的进程已结束。</translation>
    </message>
    <message>
        <source>The tokenizer has no {0}: it is not Whisper&apos;s.</source>
        <translation>分词器没有 {0}，不是 Whisper 的分词器。</translation>
    </message>
    <message>
        <source>{0} is no model whose speed is measured.</source>
        <translation>{0} 不是可以测速的模型。</translation>
    </message>
    <message>
        <source>{0} wrote nothing.</source>
        <translation>{0} 没有写出任何内容。</translation>
    </message>
    <message>
        <source>The model gives numbers that are not finite.</source>
        <translation>模型给出的数值不是有限值。</translation>
    </message>
    <message>
        <source>{0} gives vectors of {1}, not of {2}.</source>
        <translation>{0} 给出的向量为 {1}，应为 {2}。</translation>
    </message>
    <message>
        <source>{0} is not a tokenizer: {1}</source>
        <translation>{0} 不是分词器：{1}</translation>
    </message>
    <message>
        <source>It was unloaded before it had answered.</source>
        <translation>它在回答之前被卸载。</translation>
    </message>
    <message>
        <source>It was unloaded while it was being loaded.</source>
        <translation>它在加载时被卸载。</translation>
    </message>
    <message>
        <source>{0}: {1} is not there.</source>
        <translation>{0}：{1} 不存在。</translation>
    </message>
    <message>
        <source>{0} was given {1}.</source>
        <translation>{0} 得到的是 {1}。</translation>
    </message>
    <message>
        <source>While loading, {0}</source>
        <translation>加载时，{0}</translation>
    </message>
    <message>
        <source>-{0}: is not possible; only words, phrases and kinds can be excluded.</source>
        <translation>不能使用 -{0}:；只能排除词语、短语和类型。</translation>
    </message>
    <message>
        <source>rating:{0} is no number of stars.</source>
        <translation>rating:{0} 不是星级。</translation>
    </message>
    <message>
        <source>Write rating:1 to rating:5.</source>
        <translation>请写 rating:1 至 rating:5。</translation>
    </message>
    <message>
        <source>{0}:{1} is no date.</source>
        <translation>{0}:{1} 不是日期。</translation>
    </message>
    <message>
        <source>Write {0}:2024, {1}:2024-06, {2}:2024-06-01 or {3}:yesterday.</source>
        <translation>请写 {0}:2024、{1}:2024-06、{2}:2024-06-01 或 {3}:yesterday。</translation>
    </message>
    <message>
        <source>There is no kind “{0}”.</source>
        <translation>没有类型“{0}”。</translation>
    </message>
    <message>
        <source>The kinds are {0}.</source>
        <translation>可用的类型有 {0}。</translation>
    </message>
    <message>
        <source>{0} must hold names and values in braces.</source>
        <translation>{0} 必须在花括号中写有名称和值。</translation>
    </message>
    <message>
        <source>“{0}” ({1}) needs {2}, not {3}.</source>
        <translation>“{0}”（{1}）需要{2}，不能是 {3}。</translation>
    </message>
    <message>
        <source>“{0}” ({1}) must be one of {2}.</source>
        <translation>“{0}”（{1}）必须是 {2} 之一。</translation>
    </message>
    <message>
        <source>“{0}” ({1}) must be at least {2}.</source>
        <translation>“{0}”（{1}）不能小于 {2}。</translation>
    </message>
    <message>
        <source>“{0}” ({1}) must be at most {2}.</source>
        <translation>“{0}”（{1}）不能大于 {2}。</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>There is no setting named {0}.</source>
        <translation>没有名为 {0} 的设置。</translation>
    </message>
    <message>
        <source>{0} is {1}; such files are not read.</source>
        <translation>{0} 是{1}；此类文件不会被读取。</translation>
    </message>
    <message>
        <source>Give it the ending of what it is, or restore it from a backup.</source>
        <translation>请改成与内容相符的扩展名，或从备份恢复。</translation>
    </message>
    <message>
        <source>Copy it again from where it came, or restore it from a backup.</source>
        <translation>请从原处重新拷贝，或从备份恢复。</translation>
    </message>
    <message>
        <source>Save it as .docx, .xlsx or .pptx if it should be found.</source>
        <translation>如需查找它，请另存为 .docx、.xlsx 或 .pptx。</translation>
    </message>
    <message>
        <source>Open it and save it as .docx if it should be found.</source>
        <translation>如需查找它，请打开并另存为 .docx。</translation>
    </message>
    <message>
        <source>Open it and save it as .xlsx if it should be found.</source>
        <translation>如需查找它，请打开并另存为 .xlsx。</translation>
    </message>
    <message>
        <source>Open it and save it as .pptx if it should be found.</source>
        <translation>如需查找它，请打开并另存为 .pptx。</translation>
    </message>
    <message>
        <source>Save it from Outlook as an .eml file if it should be found.</source>
        <translation>如需查找它，请在 Outlook 中另存为 .eml 文件。</translation>
    </message>
    <message>
        <source>Export it as Word, Excel, PowerPoint or PDF.</source>
        <translation>请导出为 Word、Excel、PowerPoint 或 PDF。</translation>
    </message>
    <message>
        <source>Convert it to EPUB if it should be found.</source>
        <translation>如需查找它，请转换为 EPUB。</translation>
    </message>
    <message>
        <source>Nothing needs to be done; a program holds nothing to find.</source>
        <translation>无需处理；程序里没有可查找的内容。</translation>
    </message>
    <message>
        <source>Nothing needs to be done; the photo beside it is kept.</source>
        <translation>无需处理；旁边的照片已收录。</translation>
    </message>
    <message>
        <source>Unpack it into a watched folder if what is in it should be found.</source>
        <translation>如果希望找到其中的内容，请将它解压到监视的文件夹中。</translation>
    </message>
    <message>
        <source>Convert it to MP3, M4A, FLAC, Ogg, Opus or WAV if it should be found.</source>
        <translation>如需查找它，请转换为 MP3、M4A、FLAC、Ogg、Opus 或 WAV。</translation>
    </message>
    <message>
        <source>Convert it to MP4, MOV, MKV, WebM or AVI if it should be found.</source>
        <translation>如需查找它，请转换为 MP4、MOV、MKV、WebM 或 AVI。</translation>
    </message>
    <message>
        <source>The answering model is switched off in the settings.</source>
        <translation>回答模型已在设置中关闭。</translation>
    </message>
    <message>
        <source>No answering model is installed.</source>
        <translation>没有安装回答模型。</translation>
    </message>
    <message>
        <source>{0} is installed, but {1}</source>
        <translation>{0} 已安装，但是{1}</translation>
    </message>
    <message>
        <source>llama-cpp-python is not installed, so no vision model can run.</source>
        <translation>没有安装 llama-cpp-python，因此无法运行视觉模型。</translation>
    </message>
    <message>
        <source>Run: python3 installer/run.py --retry-vision</source>
        <translation>请运行：python3 installer/run.py --retry-vision</translation>
    </message>
    <message>
        <source>Nothing in your files answers this.</source>
        <translation>你的文件中没有能回答这个问题的内容。</translation>
    </message>
    <message>
        <source>Your files do not answer this.</source>
        <translation>你的文件无法回答这个问题。</translation>
    </message>
    <message>
        <source>Amounts in several files cannot be added up or compared yet. “List all receipts” shows the files, and each can be asked for its total.</source>
        <translation>目前还不能汇总或比较多个文件中的金额。输入“List all receipts”可列出这些文件，再逐一询问总额。</translation>
    </message>
    <message>
        <source>No words are known of {0}, so it cannot be summed up.</source>
        <translation>{0} 没有已知的文字，因此无法概括。</translation>
    </message>
    <message>
        <source>A saved search needs a name.</source>
        <translation>已存搜索需要名称。</translation>
    </message>
    <message>
        <source>Add its folder first.</source>
        <translation>请先添加其所在的文件夹。</translation>
    </message>
    <message>
        <source>Another search is saved as “{0}”.</source>
        <translation>已有另一个搜索存储为“{0}”。</translation>
    </message>
    <message>
        <source>Give it one.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>Give words, a kind or a filter.</source>
        <translation>请输入词语、类型或筛选条件。</translation>
    </message>
    <message>
        <source>No search is saved as “{0}”.</source>
        <translation>没有名为“{0}”的已存搜索。</translation>
    </message>
    <message>
        <source>There is nothing to save.</source>
        <translation>没有可存储的内容。</translation>
    </message>
    <message>
        <source>{0} is not in the library, so no search by it can be saved.</source>
        <translation>{0} 不在资料库中，因此无法存储以它进行的搜索。</translation>
    </message>
    <message>
        <source>{0} does not say how long its vectors are.</source>
        <translation>{0} 没有说明其向量的长度。</translation>
    </message>
    <message>
        <source>The library knows no file at {0}.</source>
        <translation>资料库中没有 {0} 处的文件。</translation>
    </message>
    <message>
        <source>{0} (8-bit)</source>
        <translation>{0}（8 位）</translation>
    </message>
    <message>
        <source>{0} (16-bit)</source>
        <translation>{0}（16 位）</translation>
    </message>
    <message>
        <source>{0} (32-bit)</source>
        <translation>{0}（32 位）</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The files cannot be copied to {0}: {1}.</source>
        <translation>无法将文件拷贝到 {0}：{1}。</translation>
    </message>
    <message>
        <source>Watch the folder they lie in instead.</source>
        <translation>请改为监视它们所在的文件夹。</translation>
    </message>
    <message>
        <source>{0} is no longer in the library.</source>
        <translation>{0} 已不在资料库中。</translation>
    </message>
    <message>
        <source>Starting at login cannot be set: {0}.</source>
        <translation>无法设置登录时启动：{0}。</translation>
    </message>
    <message>
        <source>Add the program to your system&apos;s own list of programs that start at login.</source>
        <translation>请将程序添加到系统的登录启动项中。</translation>
    </message>
    <message>
        <source>Neither DISPLAY nor WAYLAND_DISPLAY is set.</source>
        <translation>DISPLAY 和 WAYLAND_DISPLAY 均未设置。</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>JPEG 2000 图片</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 图片</translation>
    </message>
    <message>
        <source>a Pages, Numbers or Keynote document</source>
        <translation>Pages、Numbers 或 Keynote 文档</translation>
    </message>
    <message>
        <source>a Photoshop picture</source>
        <translation>Photoshop 图片</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>PostScript 文档</translation>
    </message>
    <message>
        <source>a binary Excel workbook</source>
        <translation>二进制 Excel 工作簿</translation>
    </message>
    <message>
        <source>a camera&apos;s thumbnail file</source>
        <translation>相机缩略图文件</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>a font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>a long text under an unknown suffix</source>
        <translation>扩展名未知的长文本</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>a sound in another format</source>
        <translation>其他格式的音频</translation>
    </message>
    <message>
        <source>a table of numbers</source>
        <translation>数值表</translation>
    </message>
    <message>
        <source>a video in another format</source>
        <translation>其他格式的视频</translation>
    </message>
    <message>
        <source>an Outlook message</source>
        <translation>Outlook 邮件</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>压缩文件</translation>
    </message>
    <message>
        <source>an electronic book</source>
        <translation>电子书</translation>
    </message>
    <message>
        <source>an empty archive</source>
        <translation>空的压缩文件</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>an old Excel workbook</source>
        <translation>旧版 Excel 工作簿</translation>
    </message>
    <message>
        <source>an old PowerPoint presentation</source>
        <translation>旧版 PowerPoint 演示文稿</translation>
    </message>
    <message>
        <source>an old Word document</source>
        <translation>旧版 Word 文档</translation>
    </message>
    <message>
        <source>an old office document</source>
        <translation>旧版 Office 文档</translation>
    </message>
    <message>
        <source>of a kind that this program does not know</source>
        <translation>本程序不认识的文件</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>a Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>a PowerPoint presentation</source>
        <translation>PowerPoint 演示文稿</translation>
    </message>
    <message>
        <source>an Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>an OpenDocument text</source>
        <translation>OpenDocument 文本</translation>
    </message>
    <message>
        <source>an OpenDocument spreadsheet</source>
        <translation>OpenDocument 电子表格</translation>
    </message>
    <message>
        <source>an OpenDocument presentation</source>
        <translation>OpenDocument 演示文稿</translation>
    </message>
    <message>
        <source>an EPUB book</source>
        <translation>EPUB 图书</translation>
    </message>
    <message>
        <source>a rich text document</source>
        <translation>RTF 文档</translation>
    </message>
    <message>
        <source>an e-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>a mailbox</source>
        <translation>邮箱文件</translation>
    </message>
    <message>
        <source>a table of values</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>a camera&apos;s raw picture</source>
        <translation>相机 RAW 图片</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 绘图</translation>
    </message>
    <message>
        <source>a WhatsApp chat</source>
        <translation>WhatsApp 聊天记录</translation>
    </message>
    <message>
        <source>a Telegram chat</source>
        <translation>Telegram 聊天记录</translation>
    </message>
    <message>
        <source>an XMP side-car</source>
        <translation>XMP 附属文件</translation>
    </message>
    <message>
        <source>a takeout&apos;s side-car</source>
        <translation>Takeout 附属文件</translation>
    </message>
    <message>
        <source>a list of edits</source>
        <translation>编辑列表</translation>
    </message>
    <message>
        <source>the words of a recording</source>
        <translation>录音文字稿</translation>
    </message>
    <message>
        <source>MP3 sound</source>
        <translation>MP3 音频</translation>
    </message>
    <message>
        <source>MPEG-4 sound</source>
        <translation>MPEG-4 音频</translation>
    </message>
    <message>
        <source>AAC sound</source>
        <translation>AAC 音频</translation>
    </message>
    <message>
        <source>FLAC sound</source>
        <translation>FLAC 音频</translation>
    </message>
    <message>
        <source>Ogg sound</source>
        <translation>Ogg 音频</translation>
    </message>
    <message>
        <source>Opus sound</source>
        <translation>Opus 音频</translation>
    </message>
    <message>
        <source>WAV sound</source>
        <translation>WAV 音频</translation>
    </message>
    <message>
        <source>MPEG-4 video</source>
        <translation>MPEG-4 视频</translation>
    </message>
    <message>
        <source>QuickTime video</source>
        <translation>QuickTime 视频</translation>
    </message>
    <message>
        <source>Matroska video</source>
        <translation>Matroska 视频</translation>
    </message>
    <message>
        <source>WebM video</source>
        <translation>WebM 视频</translation>
    </message>
    <message>
        <source>AVI video</source>
        <translation>AVI 视频</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>conversion card says Apache-2.0 but the original 3B is Qwen Research License, non-commercial</source>
        <translation>转换说明写 Apache-2.0，但原始 3B 模型适用 Qwen Research License，不可商用</translation>
    </message>
    <message>
        <source>OpenAI CLIP weights</source>
        <translation>OpenAI CLIP 权重</translation>
    </message>
    <message>
        <source>OpenAI CLIP weights; the Xenova conversion card declares none</source>
        <translation>OpenAI CLIP 权重；Xenova 的转换说明未声明许可证</translation>
    </message>
    <message>
        <source>OpenAI Whisper weights</source>
        <translation>OpenAI Whisper 权重</translation>
    </message>
    <message>
        <source>Gemma Terms of Use + prohibited-use policy; show before download</source>
        <translation>Gemma 使用条款及禁止用途政策；下载前显示</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0 with a head made for this program</source>
        <translation>EfficientNet-Lite0，带有为本程序制作的输出层</translation>
    </message>
    <message>
        <source>non-commercial research only (apple/ml-mobileclip LICENSE_MODELS @4144bb1f)</source>
        <translation>仅限非商业研究（apple/ml-mobileclip LICENSE_MODELS @4144bb1f）</translation>
    </message>
    <message>
        <source>comes inside the pocketsphinx package</source>
        <translation>包含在 pocketsphinx 软件包中</translation>
    </message>
    <message>
        <source>sentence-transformers/all-MiniLM-L6-v2, converted</source>
        <translation>由 sentence-transformers/all-MiniLM-L6-v2 转换</translation>
    </message>
    <message>
        <source>Apache-2.0 in; CC-BY-4.0 in</source>
        <translation>一处为 Apache-2.0；另一处为 CC-BY-4.0</translation>
    </message>
    <message>
        <source>Starter picture search</source>
        <translation>入门图片搜索</translation>
    </message>
    <message>
        <source>Starter picture search (8-bit)</source>
        <translation>入门图片搜索（8 位）</translation>
    </message>
    <message>
        <source>Other languages for CLIP ViT-B/32 (32-bit)</source>
        <translation>CLIP ViT-B/32 的其他语言（32 位）</translation>
    </message>
    <message>
        <source>Other languages for CLIP ViT-B/32 (8-bit)</source>
        <translation>CLIP ViT-B/32 的其他语言（8 位）</translation>
    </message>
    <message>
        <source>PocketSphinx English (starter)</source>
        <translation>PocketSphinx 英语（入门）</translation>
    </message>
    <message>
        <source>{0}.</source>
        <translation>{0}。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>DownloadTerms</name>
    <message>
        <source>Download a model</source>
        <translation>下载模型</translation>
    </message>
    <message>
        <source>Download {0}?</source>
        <translation>下载 {0}？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>{0} is installed.</source>
        <translation>{0} 已安装。</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>this picture</source>
        <translation>这张图片</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be added. A picture from another program can be dropped on the box, to search by it.</source>
        <translation>只能添加这台电脑上的文件和文件夹。其他程序中的图片可以拖放到搜索框上，用来以图搜索。</translation>
    </message>
    <message>
        <source>{0} cannot be reached.</source>
        <translation>无法访问 {0}。</translation>
    </message>
    <message>
        <source>This folder belongs to the library itself.</source>
        <translation>此文件夹属于资料库本身。</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to add</source>
        <translation>松开即可添加</translation>
    </message>
    <message>
        <source>Not taken: {0}</source>
        <translation>不接受：{0}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>等 {0} 项</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 等 {1} 项</translation>
    </message>
    <message>
        <source>Search for what is like {0}</source>
        <translation>搜索与 {0} 相似的内容</translation>
    </message>
    <message>
        <source>Watch {0}: all files in it, now and in future</source>
        <translation>监视 {0}：现在和以后的所有文件</translation>
    </message>
    <message>
        <source>Watched already; look at {0} again now</source>
        <translation>已在监视；现在重新检查 {0}</translation>
    </message>
    <message>
        <source>Add {0}</source>
        <translation>添加 {0}</translation>
    </message>
    <message>
        <source>Install the model {0}</source>
        <translation>安装模型 {0}</translation>
    </message>
</context>
<context>
    <name>DuplicatesCard</name>
    <message>
        <source>Copies of {0}</source>
        <translation>{0} 的副本</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>等 {0} 项</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>相同文件</translation>
    </message>
    <message>
        <source>Look closely at {0}</source>
        <translation>放大查看 {0}</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>打开 {0}</translation>
    </message>
    <message>
        <source>Show {0} in its folder</source>
        <translation>在文件夹中显示 {0}</translation>
    </message>
</context>
<context>
    <name>DuplicatesPage</name>
    <message>
        <source>No duplicates so far</source>
        <translation>目前没有重复项</translation>
    </message>
    <message>
        <source>Your files are still being read. Come back to this page in a while.</source>
        <translation>仍在读取你的文件。请稍后再回到此页面。</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复项</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Looking for copies …</source>
        <translation>正在查找副本…</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>没有重复项</translation>
    </message>
    <message>
        <source>No photo is here twice in another size, and no file is here twice.</source>
        <translation>没有尺寸不同的重复照片，也没有重复的文件。</translation>
    </message>
    <message>
        <source>One group of copies; all but the best take {0}.</source>
        <translation>1 组副本；除最佳的一份外，其余共占 {0}。</translation>
    </message>
    <message>
        <source>{0} groups of copies; all but the best of each take {1}.</source>
        <translation>{0} 组副本；除每组最佳的一份外，其余共占 {1}。</translation>
    </message>
    <message>
        <source>Nothing is deleted here: show a copy in its folder and decide yourself.</source>
        <translation>这里不会删除任何内容：请在文件夹中查看副本并自行决定。</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Add a folder …</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Ask instead</source>
        <translation>改为提问</translation>
    </message>
    <message>
        <source>See models</source>
        <translation>查看模型</translation>
    </message>
    <message>
        <source>Your files are being read</source>
        <translation>正在读取你的文件</translation>
    </message>
    <message>
        <source>The first of them show here in a moment. You need not wait for the rest.</source>
        <translation>最先读完的文件马上就会显示在这里，不必等待其余文件。</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>资料库还是空的</translation>
    </message>
    <message>
        <source>Add a folder, or drop one here. It is searched as it fills.</source>
        <translation>添加文件夹，或将文件夹拖到这里。边收录边可搜索。</translation>
    </message>
    <message>
        <source>No {0} in the library</source>
        <translation>资料库中没有{0}</translation>
    </message>
    <message>
        <source>They show here as soon as a watched folder holds some.</source>
        <translation>监视的文件夹中出现后，就会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing from {0}</source>
        <translation>没有 {0} 的内容</translation>
    </message>
    <message>
        <source>Another time in the timeline may hold some.</source>
        <translation>时间轴上的其他时间可能有。</translation>
    </message>
    <message>
        <source>Nothing to map yet</source>
        <translation>还没有可绘制的内容</translation>
    </message>
    <message>
        <source>Files appear here as soon as a model has seen or read them.</source>
        <translation>模型看过或读过的文件会立即出现在这里。</translation>
    </message>
    <message>
        <source>Nothing was found for “{0}”</source>
        <translation>没有找到“{0}”</translation>
    </message>
    <message>
        <source>Nothing is like this</source>
        <translation>没有相似的内容</translation>
    </message>
    <message>
        <source>Fewer or other words may find it; a filter may leave out too much.</source>
        <translation>减少或更换词语也许能找到；筛选条件也可能排除了太多内容。</translation>
    </message>
    <message>
        <source>A model that sees pictures finds them by what they show.</source>
        <translation>能看懂图片的模型可按画面内容查找图片。</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>The file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>It was moved or deleted while it was read; nothing needs to be done.</source>
        <translation>读取期间文件被移动或删除；无需处理。</translation>
    </message>
    <message>
        <source>The file may not be read</source>
        <translation>没有权限读取文件</translation>
    </message>
    <message>
        <source>Give your user permission to read the file, then try again.</source>
        <translation>请为当前用户授予读取权限，然后重试。</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>Nothing to find in it; if it should hold something, restore it from a backup.</source>
        <translation>其中没有可查找的内容；如果本应有内容，请从备份恢复。</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>Open it in another program; if that fails too, restore it from a backup.</source>
        <translation>请用其他程序打开；如果也打不开，请从备份恢复。</translation>
    </message>
    <message>
        <source>The file is protected by a password</source>
        <translation>文件受密码保护</translation>
    </message>
    <message>
        <source>Save a copy without the password if it should be found.</source>
        <translation>如需查找它，请另存一份不带密码的副本。</translation>
    </message>
    <message>
        <source>This kind of file cannot be read</source>
        <translation>无法读取此类文件</translation>
    </message>
    <message>
        <source>Save it in a common format such as JPEG, PNG, PDF or text.</source>
        <translation>请另存为常见格式，例如 JPEG、PNG、PDF 或文本。</translation>
    </message>
    <message>
        <source>The file is larger than the limit</source>
        <translation>文件超出大小限制</translation>
    </message>
    <message>
        <source>Raise the limit in the settings if the file is meant to be found.</source>
        <translation>如需查找此文件，请在设置中提高限制。</translation>
    </message>
    <message>
        <source>Reading the file crashed</source>
        <translation>读取文件时崩溃</translation>
    </message>
    <message>
        <source>The file is probably damaged; it is tried again when it changes.</source>
        <translation>文件可能已损坏；文件更改后会重试。</translation>
    </message>
    <message>
        <source>Reading the file took too long</source>
        <translation>读取文件用时过长</translation>
    </message>
    <message>
        <source>Raise the time limit in the settings, then try again.</source>
        <translation>请在设置中提高时间限制，然后重试。</translation>
    </message>
    <message>
        <source>Reading the file needs too much memory</source>
        <translation>读取文件需要的内存过多</translation>
    </message>
    <message>
        <source>Raise the memory limit in the settings, then try again.</source>
        <translation>请在设置中提高内存限制，然后重试。</translation>
    </message>
    <message>
        <source>The file&apos;s name cannot be written down</source>
        <translation>无法记录文件名</translation>
    </message>
    <message>
        <source>Rename the file; its name holds bytes that are no text.</source>
        <translation>请重命名文件；文件名中含有非文本字节。</translation>
    </message>
    <message>
        <source>Something went wrong with this file</source>
        <translation>处理此文件时出错</translation>
    </message>
    <message>
        <source>Please report the message; the file is tried again when it or the program changes.</source>
        <translation>请报告此消息；文件或程序更改后会重试。</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>没有此文件夹</translation>
    </message>
    <message>
        <source>Check the spelling, or plug in the drive it lies on.</source>
        <translation>请检查拼写，或接上文件夹所在的驱动器。</translation>
    </message>
    <message>
        <source>This folder is not watched</source>
        <translation>此文件夹未被监视</translation>
    </message>
    <message>
        <source>`desktop-mmrag status` lists the folders that are.</source>
        <translation>运行 `desktop-mmrag status` 可列出监视的文件夹。</translation>
    </message>
    <message>
        <source>The library does not know this file</source>
        <translation>资料库中没有此文件</translation>
    </message>
    <message>
        <source>Add its folder with `desktop-mmrag add FOLDER`, or look in `desktop-mmrag failures`.</source>
        <translation>用 `desktop-mmrag add FOLDER` 添加其所在文件夹，或查看 `desktop-mmrag failures`。</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>没有此文件</translation>
    </message>
    <message>
        <source>Check the spelling of its name.</source>
        <translation>请检查文件名的拼写。</translation>
    </message>
    <message>
        <source>There is no display to open the window on</source>
        <translation>没有可显示窗口的屏幕</translation>
    </message>
    <message>
        <source>Use the commands: `desktop-mmrag --help` lists them, `desktop-mmrag demo` shows them.</source>
        <translation>请使用命令：`desktop-mmrag --help` 列出命令，`desktop-mmrag demo` 演示用法。</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>无法打开资料库</translation>
    </message>
    <message>
        <source>Choose another place with --library, or free the one that is set.</source>
        <translation>请用 --library 选择其他位置，或释放已设定的位置。</translation>
    </message>
    <message>
        <source>The library is damaged</source>
        <translation>资料库已损坏</translation>
    </message>
    <message>
        <source>Your files are untouched. The damaged library was set aside; it is built anew when you try again, or by `desktop-mmrag index`.</source>
        <translation>你的文件没有受影响。损坏的资料库已移到一旁；点按“重试”或运行 `desktop-mmrag index` 即可重新建立。</translation>
    </message>
    <message>
        <source>The library was made by a newer version</source>
        <translation>资料库由更新版本创建</translation>
    </message>
    <message>
        <source>Update Desktop MMRAG, or choose another library with --library.</source>
        <translation>请更新 Desktop MMRAG，或用 --library 选择其他资料库。</translation>
    </message>
    <message>
        <source>Another Desktop MMRAG is updating this library</source>
        <translation>另一个 Desktop MMRAG 正在更新此资料库</translation>
    </message>
    <message>
        <source>Wait until it has finished, or close it.</source>
        <translation>请等待其完成，或将其关闭。</translation>
    </message>
    <message>
        <source>A library cannot lie on a network drive</source>
        <translation>资料库不能放在网络驱动器上</translation>
    </message>
    <message>
        <source>Choose a folder on a drive of this computer; the watched folders may be anywhere.</source>
        <translation>请选择本机驱动器上的文件夹；监视的文件夹可在任何位置。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Free some space; work goes on where it stopped. Search still answers.</source>
        <translation>请释放一些空间；之后会从中断处继续。搜索仍然可用。</translation>
    </message>
    <message>
        <source>The library&apos;s drive reports an error</source>
        <translation>资料库所在的驱动器报告错误</translation>
    </message>
    <message>
        <source>Check the drive and its cable; work goes on where it stopped.</source>
        <translation>请检查驱动器及其连接；之后会从中断处继续。</translation>
    </message>
    <message>
        <source>A setting has a value that it cannot have</source>
        <translation>某项设置的值无效</translation>
    </message>
    <message>
        <source>Correct it in the settings file or the settings window.</source>
        <translation>请在设置文件或设置窗口中更正。</translation>
    </message>
    <message>
        <source>There is no such model</source>
        <translation>没有此模型</translation>
    </message>
    <message>
        <source>`desktop-mmrag models list` shows the ones there are.</source>
        <translation>运行 `desktop-mmrag models list` 可列出现有模型。</translation>
    </message>
    <message>
        <source>This model is not installed</source>
        <translation>此模型未安装</translation>
    </message>
    <message>
        <source>Install it with `desktop-mmrag models install ID`.</source>
        <translation>请运行 `desktop-mmrag models install ID` 安装。</translation>
    </message>
    <message>
        <source>A model file is damaged</source>
        <translation>模型文件已损坏</translation>
    </message>
    <message>
        <source>Remove the model and install it again.</source>
        <translation>请移除该模型后重新安装。</translation>
    </message>
    <message>
        <source>This model comes with the program</source>
        <translation>此模型随程序附带</translation>
    </message>
    <message>
        <source>It cannot be removed; choose another one in the settings to use that instead.</source>
        <translation>它无法移除；可在设置中改用其他模型。</translation>
    </message>
    <message>
        <source>These files are no model this program knows</source>
        <translation>这些文件不是本程序认识的模型</translation>
    </message>
    <message>
        <source>`desktop-mmrag models list` shows the models whose files can be imported.</source>
        <translation>运行 `desktop-mmrag models list` 可列出能导入的模型。</translation>
    </message>
    <message>
        <source>The download did not finish</source>
        <translation>下载未完成</translation>
    </message>
    <message>
        <source>Check the connection and start it again; it goes on where it stopped.</source>
        <translation>请检查网络连接后重新开始；会从中断处继续。</translation>
    </message>
    <message>
        <source>The downloaded file is not the expected one</source>
        <translation>下载的文件与预期不符</translation>
    </message>
    <message>
        <source>It was deleted. Try again later or from another network.</source>
        <translation>文件已删除。请稍后重试或换一个网络。</translation>
    </message>
    <message>
        <source>There is not enough space on the disk</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Free some space, or choose a smaller model.</source>
        <translation>请释放一些空间，或选择较小的模型。</translation>
    </message>
    <message>
        <source>The vision model cannot be used</source>
        <translation>视觉模型无法使用</translation>
    </message>
    <message>
        <source>Reading was interrupted</source>
        <translation>读取被中断</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Run `desktop-mmrag doctor`; until then answers are quoted from your files.</source>
        <translation>请运行 `desktop-mmrag doctor`；在此之前，回答会直接引用你的文件。</translation>
    </message>
    <message>
        <source>The vision model stopped unexpectedly</source>
        <translation>视觉模型意外停止</translation>
    </message>
    <message>
        <source>Ask again; if it happens again, choose a smaller model.</source>
        <translation>请再次提问；如果再次发生，请选择较小的模型。</translation>
    </message>
    <message>
        <source>The answering engine was built for another processor</source>
        <translation>回答引擎是为另一种处理器编译的</translation>
    </message>
    <message>
        <source>Run `python3 installer/run.py --retry-vision`, which builds it anew.</source>
        <translation>请运行 `python3 installer/run.py --retry-vision`，它会重新编译引擎。</translation>
    </message>
    <message>
        <source>The speech model stopped unexpectedly</source>
        <translation>语音模型意外停止</translation>
    </message>
    <message>
        <source>What was being written down is tried again; if it fails again, choose another model.</source>
        <translation>会重新转写；如果再次失败，请选择其他模型。</translation>
    </message>
    <message>
        <source>The question and its sources are too long for the model</source>
        <translation>问题及其来源对模型来说过长</translation>
    </message>
    <message>
        <source>Raise the context of the answering model in the settings, or ask with fewer sources.</source>
        <translation>请在设置中增大回答模型的上下文，或减少来源后再提问。</translation>
    </message>
    <message>
        <source>The search was not understood</source>
        <translation>无法理解此搜索</translation>
    </message>
    <message>
        <source>Dates look like before:2024-06-01, kinds like type:photo.</source>
        <translation>日期写法如 before:2024-06-01，类型写法如 type:photo。</translation>
    </message>
    <message>
        <source>There is no such saved search</source>
        <translation>没有此已存搜索</translation>
    </message>
    <message>
        <source>`desktop-mmrag saved list` shows the ones there are.</source>
        <translation>运行 `desktop-mmrag saved list` 可列出已存搜索。</translation>
    </message>
    <message>
        <source>This name is taken</source>
        <translation>此名称已被使用</translation>
    </message>
    <message>
        <source>Choose another name, or remove the search that has it.</source>
        <translation>请选择其他名称，或移除使用此名称的搜索。</translation>
    </message>
    <message>
        <source>This folder cannot be measured</source>
        <translation>无法评测此文件夹</translation>
    </message>
    <message>
        <source>It needs captions.jsonl, questions.jsonl or a SQuAD file beside the files they name.</source>
        <translation>需要 captions.jsonl、questions.jsonl 或 SQuAD 文件，并与其中提到的文件放在一起。</translation>
    </message>
    <message>
        <source>It could not be done</source>
        <translation>无法完成</translation>
    </message>
    <message>
        <source>`desktop-mmrag doctor` tries every part and says what helps.</source>
        <translation>运行 `desktop-mmrag doctor` 可检查各个部分并给出建议。</translation>
    </message>
    <message>
        <source>Files cannot be read on this computer</source>
        <translation>此电脑上无法读取文件</translation>
    </message>
    <message>
        <source>Run `desktop-mmrag doctor`; a security program may keep processes from starting.</source>
        <translation>请运行 `desktop-mmrag doctor`；安全软件可能阻止了进程启动。</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>未添加</translation>
    </message>
</context>
<context>
    <name>ExampleChip</name>
    <message>
        <source>Do not search by {0}</source>
        <translation>不按{0}搜索</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>like this part of {0}</source>
        <translation>像 {0} 的这一部分</translation>
    </message>
    <message>
        <source>like this passage of {0}</source>
        <translation>像 {0} 的这一段</translation>
    </message>
    <message>
        <source>like {0}, {1}</source>
        <translation>像 {0}，{1}</translation>
    </message>
    <message>
        <source>not like this part of {0}</source>
        <translation>不像 {0} 的这一部分</translation>
    </message>
    <message>
        <source>like {0}</source>
        <translation>像 {0}</translation>
    </message>
    <message>
        <source>not like this passage of {0}</source>
        <translation>不像 {0} 的这一段</translation>
    </message>
    <message>
        <source>not like {0}, {1}</source>
        <translation>不像 {0}，{1}</translation>
    </message>
    <message>
        <source>not like {0}</source>
        <translation>不像 {0}</translation>
    </message>
    <message>
        <source>Rather not like this</source>
        <translation>改为不像它</translation>
    </message>
    <message>
        <source>Rather like this</source>
        <translation>改为像它</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>pasted picture {0}</source>
        <translation>粘贴的图片 {0}</translation>
    </message>
    <message>
        <source>Search by a picture</source>
        <translation>以图搜索</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Answered by {0}.</source>
        <translation>由 {0} 回答。</translation>
    </message>
    <message>
        <source>Quoted from your files.</source>
        <translation>引自你的文件。</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>看起来像</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>另存于</translation>
    </message>
</context>
<context>
    <name>FactsView</name>
    <message>
        <source>Why it matched</source>
        <translation>匹配原因</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
</context>
<context>
    <name>FailureDialog</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>发生意外错误</translation>
    </message>
    <message>
        <source>The program goes on, and your files are untouched. If it happens again, please report it with these details. They hold no text of your files and no searches.</source>
        <translation>程序会继续运行，你的文件没有受影响。如果再次发生，请附上这些详细信息进行报告。其中不含你的文件内容和搜索记录。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Log: {0}</source>
        <translation>日志：{0}</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>拷贝详细信息</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FailureList</name>
    <message>
        <source>Reason and file</source>
        <translation>原因和文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>FailuresView</name>
    <message>
        <source>Nothing was skipped.</source>
        <translation>没有跳过任何文件。</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>拷贝详细信息</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>Choose a file to see why it was skipped.</source>
        <translation>选择一个文件，查看跳过的原因。</translation>
    </message>
    <message>
        <source>Several reasons</source>
        <translation>多种原因</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} 个文件</translation>
    </message>
    <message>
        <source>1 file is tried again.</source>
        <translation>正在重试 1 个文件。</translation>
    </message>
    <message>
        <source>{0} files are tried again.</source>
        <translation>正在重试 {0} 个文件。</translation>
    </message>
    <message>
        <source>The details were copied.</source>
        <translation>已拷贝详细信息。</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>near {0}</source>
        <translation>{0}附近</translation>
    </message>
    <message>
        <source>{0} stars or more</source>
        <translation>{0} 星及以上</translation>
    </message>
    <message>
        <source>1 star or more</source>
        <translation>1 星及以上</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>位于 {0}</translation>
    </message>
</context>
<context>
    <name>FolderCard</name>
    <message>
        <source>Show {0} in the file manager</source>
        <translation>在文件管理器中显示 {0}</translation>
    </message>
    <message>
        <source>Forget {0} …</source>
        <translation>移除 {0}…</translation>
    </message>
    <message>
        <source>Go on watching {0}</source>
        <translation>继续监视 {0}</translation>
    </message>
    <message>
        <source>Pause {0}</source>
        <translation>暂停 {0}</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>监视中</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>正在索引</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Being forgotten</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>Skipped: {0}</source>
        <translation>已跳过：{0}</translation>
    </message>
    <message>
        <source>Show the skipped files: {0}</source>
        <translation>显示跳过的文件：{0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>still to read: {0}</source>
        <translation>待读取：{0}</translation>
    </message>
    <message>
        <source>Nothing that can be kept was found in it.</source>
        <translation>其中没有可收录的内容。</translation>
    </message>
    <message>
        <source>It cannot be reached now. What was kept of it is still found.</source>
        <translation>目前无法访问。已收录的内容仍可找到。</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>HitActions</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation>拷贝文件</translation>
    </message>
    <message>
        <source>Copy {0} files</source>
        <translation>拷贝 {0} 个文件</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>拷贝图片</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>拷贝路径</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>查找相似内容</translation>
    </message>
    <message>
        <source>Leave out of the library …</source>
        <translation>从资料库中排除…</translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>打开方式</translation>
    </message>
    <message>
        <source>Another program …</source>
        <translation>其他程序…</translation>
    </message>
    <message>
        <source>No program opens {0}.</source>
        <translation>没有可打开 {0} 的程序。</translation>
    </message>
    <message>
        <source>Opened the first {0} files.</source>
        <translation>已打开前 {0} 个文件。</translation>
    </message>
    <message>
        <source>{0} could not be started.</source>
        <translation>无法启动 {0}。</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>选择程序</translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation>无法打开文件夹。</translation>
    </message>
    <message>
        <source>Copied {0}</source>
        <translation>已拷贝 {0}</translation>
    </message>
    <message>
        <source>Copied {0} files</source>
        <translation>已拷贝 {0} 个文件</translation>
    </message>
    <message>
        <source>Copied the picture</source>
        <translation>已拷贝图片</translation>
    </message>
    <message>
        <source>Leave out of the library</source>
        <translation>从资料库中排除</translation>
    </message>
    <message>
        <source>Leave {0} out of the library?</source>
        <translation>要从资料库中排除 {0} 吗？</translation>
    </message>
    <message>
        <source>Leave {0} files out of the library?</source>
        <translation>要从资料库中排除 {0} 个文件吗？</translation>
    </message>
    <message>
        <source>It is no longer found or used in answers. The file itself stays where it is. Settings, “Left out”, brings it back.</source>
        <translation>它不会再被找到，也不会再用于回答。文件本身保留在原处。可在“设置”的“排除”中恢复。</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>{0} is left out of the library.</source>
        <translation>已从资料库中排除 {0}。</translation>
    </message>
    <message>
        <source>{0} files are left out of the library.</source>
        <translation>已从资料库中排除 {0} 个文件。</translation>
    </message>
</context>
<context>
    <name>HitButtons</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>查找相似内容</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>weaker match</source>
        <translation>较弱匹配</translation>
    </message>
    <message>
        <source>Its drive is not connected.</source>
        <translation>所在驱动器未连接。</translation>
    </message>
    <message>
        <source>Also in {0} other place(s)</source>
        <translation>另有 {0} 处副本</translation>
    </message>
</context>
<context>
    <name>InWords</name>
    <message>
        <source>No date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>{date} 起</translation>
    </message>
    <message>
        <source>before {date}</source>
        <translation>{date} 之前</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>page {0}</source>
        <translation>第 {0} 页</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>{0} 处</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Text in picture</source>
        <translation>图中文字</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Name and details</source>
        <translation>名称和详情</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>What the picture shows is close to what you look for</source>
        <translation>画面内容与你要找的相近</translation>
    </message>
    <message>
        <source>What the passage means is close to what you look for</source>
        <translation>段落含义与你要找的相近</translation>
    </message>
    <message>
        <source>These words are written in it</source>
        <translation>其中写有这些词语</translation>
    </message>
    <message>
        <source>These words can be read in the picture</source>
        <translation>图片中可读到这些词语</translation>
    </message>
    <message>
        <source>These words are said in it</source>
        <translation>其中说到这些词语</translation>
    </message>
    <message>
        <source>Its name, place or other details match</source>
        <translation>名称、地点或其他详情匹配</translation>
    </message>
    <message>
        <source>What is heard in it is close to what you look for</source>
        <translation>其中的声音与你要找的相近</translation>
    </message>
    <message>
        <source>Weaker matches below</source>
        <translation>以下为较弱匹配</translation>
    </message>
    <message>
        <source>No strong match. These come closest</source>
        <translation>没有强匹配，以下最为接近</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Watched now: {0}</source>
        <translation>开始监视：{0}</translation>
    </message>
    <message>
        <source>Looked at again: {0}</source>
        <translation>重新检查：{0}</translation>
    </message>
    <message>
        <source>Watch the folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Copy the files</source>
        <translation>拷贝文件</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>{0} lies outside of the watched folders.</source>
        <translation>{0} 不在监视的文件夹中。</translation>
    </message>
    <message>
        <source>Watch its folder {0}, and everything in it is found from now on. Or copy only what you dropped to {1}, which is watched then.</source>
        <translation>监视其所在文件夹 {0}，从此其中的所有内容都可找到。或者只将拖入的文件拷贝到 {1}，并监视该文件夹。</translation>
    </message>
    <message>
        <source>{0} is installed.</source>
        <translation>{0} 已安装。</translation>
    </message>
    <message>
        <source>Installing the model …</source>
        <translation>正在安装模型…</translation>
    </message>
    <message>
        <source>1 more was not taken.</source>
        <translation>另有 1 项未接受。</translation>
    </message>
    <message>
        <source>{0} more were not taken.</source>
        <translation>另有 {0} 项未接受。</translation>
    </message>
</context>
<context>
    <name>LeftOut</name>
    <message>
        <source>Never kept, whatever stands here: keys and passwords, caches and temporary files, folders of programs such as node_modules and .git.</source>
        <translation>无论这里怎么写，以下内容从不收录：密钥和密码、缓存和临时文件，以及 node_modules、.git 等程序文件夹。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>The folders are looked through again.</source>
        <translation>正在重新检查文件夹。</translation>
    </message>
</context>
<context>
    <name>Look</name>
    <message>
        <source>Empty the field</source>
        <translation>清空输入框</translation>
    </message>
</context>
<context>
    <name>Looks</name>
    <message>
        <source>man</source>
        <translation>男人</translation>
    </message>
    <message>
        <source>woman</source>
        <translation>女人</translation>
    </message>
    <message>
        <source>child</source>
        <translation>孩子</translation>
    </message>
    <message>
        <source>boy</source>
        <translation>男孩</translation>
    </message>
    <message>
        <source>girl</source>
        <translation>女孩</translation>
    </message>
    <message>
        <source>baby</source>
        <translation>婴儿</translation>
    </message>
    <message>
        <source>group of people</source>
        <translation>一群人</translation>
    </message>
    <message>
        <source>crowd</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>family</source>
        <translation>家庭</translation>
    </message>
    <message>
        <source>couple</source>
        <translation>情侣</translation>
    </message>
    <message>
        <source>face</source>
        <translation>脸</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>肖像</translation>
    </message>
    <message>
        <source>selfie</source>
        <translation>自拍</translation>
    </message>
    <message>
        <source>hands</source>
        <translation>手</translation>
    </message>
    <message>
        <source>old man</source>
        <translation>老年男子</translation>
    </message>
    <message>
        <source>old woman</source>
        <translation>老年女子</translation>
    </message>
    <message>
        <source>bride</source>
        <translation>新娘</translation>
    </message>
    <message>
        <source>soldier</source>
        <translation>士兵</translation>
    </message>
    <message>
        <source>dancer</source>
        <translation>舞者</translation>
    </message>
    <message>
        <source>cyclist</source>
        <translation>骑行者</translation>
    </message>
    <message>
        <source>climber</source>
        <translation>攀岩者</translation>
    </message>
    <message>
        <source>swimmer</source>
        <translation>游泳者</translation>
    </message>
    <message>
        <source>surfer</source>
        <translation>冲浪者</translation>
    </message>
    <message>
        <source>skier</source>
        <translation>滑雪者</translation>
    </message>
    <message>
        <source>snowboarder</source>
        <translation>单板滑雪者</translation>
    </message>
    <message>
        <source>skateboarder</source>
        <translation>滑板手</translation>
    </message>
    <message>
        <source>runner</source>
        <translation>跑步者</translation>
    </message>
    <message>
        <source>football player</source>
        <translation>足球运动员</translation>
    </message>
    <message>
        <source>basketball player</source>
        <translation>篮球运动员</translation>
    </message>
    <message>
        <source>tennis player</source>
        <translation>网球运动员</translation>
    </message>
    <message>
        <source>baseball player</source>
        <translation>棒球运动员</translation>
    </message>
    <message>
        <source>musician</source>
        <translation>音乐家</translation>
    </message>
    <message>
        <source>singer</source>
        <translation>歌手</translation>
    </message>
    <message>
        <source>cook</source>
        <translation>厨师</translation>
    </message>
    <message>
        <source>doctor</source>
        <translation>医生</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>工人</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>狗</translation>
    </message>
    <message>
        <source>puppy</source>
        <translation>小狗</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>kitten</source>
        <translation>小猫</translation>
    </message>
    <message>
        <source>horse</source>
        <translation>马</translation>
    </message>
    <message>
        <source>cow</source>
        <translation>奶牛</translation>
    </message>
    <message>
        <source>sheep</source>
        <translation>绵羊</translation>
    </message>
    <message>
        <source>goat</source>
        <translation>山羊</translation>
    </message>
    <message>
        <source>pig</source>
        <translation>猪</translation>
    </message>
    <message>
        <source>chicken</source>
        <translation>鸡</translation>
    </message>
    <message>
        <source>duck</source>
        <translation>鸭</translation>
    </message>
    <message>
        <source>goose</source>
        <translation>鹅</translation>
    </message>
    <message>
        <source>swan</source>
        <translation>天鹅</translation>
    </message>
    <message>
        <source>bird</source>
        <translation>鸟</translation>
    </message>
    <message>
        <source>parrot</source>
        <translation>鹦鹉</translation>
    </message>
    <message>
        <source>owl</source>
        <translation>猫头鹰</translation>
    </message>
    <message>
        <source>eagle</source>
        <translation>鹰</translation>
    </message>
    <message>
        <source>seagull</source>
        <translation>海鸥</translation>
    </message>
    <message>
        <source>pigeon</source>
        <translation>鸽子</translation>
    </message>
    <message>
        <source>penguin</source>
        <translation>企鹅</translation>
    </message>
    <message>
        <source>fish</source>
        <translation>鱼</translation>
    </message>
    <message>
        <source>shark</source>
        <translation>鲨鱼</translation>
    </message>
    <message>
        <source>whale</source>
        <translation>鲸</translation>
    </message>
    <message>
        <source>dolphin</source>
        <translation>海豚</translation>
    </message>
    <message>
        <source>turtle</source>
        <translation>龟</translation>
    </message>
    <message>
        <source>frog</source>
        <translation>青蛙</translation>
    </message>
    <message>
        <source>snake</source>
        <translation>蛇</translation>
    </message>
    <message>
        <source>lizard</source>
        <translation>蜥蜴</translation>
    </message>
    <message>
        <source>spider</source>
        <translation>蜘蛛</translation>
    </message>
    <message>
        <source>butterfly</source>
        <translation>蝴蝶</translation>
    </message>
    <message>
        <source>bee</source>
        <translation>蜜蜂</translation>
    </message>
    <message>
        <source>insect</source>
        <translation>昆虫</translation>
    </message>
    <message>
        <source>snail</source>
        <translation>蜗牛</translation>
    </message>
    <message>
        <source>rabbit</source>
        <translation>兔子</translation>
    </message>
    <message>
        <source>squirrel</source>
        <translation>松鼠</translation>
    </message>
    <message>
        <source>hedgehog</source>
        <translation>刺猬</translation>
    </message>
    <message>
        <source>mouse</source>
        <translation>老鼠</translation>
    </message>
    <message>
        <source>fox</source>
        <translation>狐狸</translation>
    </message>
    <message>
        <source>wolf</source>
        <translation>狼</translation>
    </message>
    <message>
        <source>bear</source>
        <translation>熊</translation>
    </message>
    <message>
        <source>deer</source>
        <translation>鹿</translation>
    </message>
    <message>
        <source>elephant</source>
        <translation>大象</translation>
    </message>
    <message>
        <source>giraffe</source>
        <translation>长颈鹿</translation>
    </message>
    <message>
        <source>zebra</source>
        <translation>斑马</translation>
    </message>
    <message>
        <source>lion</source>
        <translation>狮子</translation>
    </message>
    <message>
        <source>tiger</source>
        <translation>老虎</translation>
    </message>
    <message>
        <source>monkey</source>
        <translation>猴子</translation>
    </message>
    <message>
        <source>camel</source>
        <translation>骆驼</translation>
    </message>
    <message>
        <source>kangaroo</source>
        <translation>袋鼠</translation>
    </message>
    <message>
        <source>food</source>
        <translation>食物</translation>
    </message>
    <message>
        <source>breakfast</source>
        <translation>早餐</translation>
    </message>
    <message>
        <source>bread</source>
        <translation>面包</translation>
    </message>
    <message>
        <source>cake</source>
        <translation>蛋糕</translation>
    </message>
    <message>
        <source>birthday cake</source>
        <translation>生日蛋糕</translation>
    </message>
    <message>
        <source>cookies</source>
        <translation>饼干</translation>
    </message>
    <message>
        <source>pie</source>
        <translation>馅饼</translation>
    </message>
    <message>
        <source>pizza</source>
        <translation>披萨</translation>
    </message>
    <message>
        <source>pasta</source>
        <translation>意面</translation>
    </message>
    <message>
        <source>rice</source>
        <translation>米饭</translation>
    </message>
    <message>
        <source>soup</source>
        <translation>汤</translation>
    </message>
    <message>
        <source>salad</source>
        <translation>沙拉</translation>
    </message>
    <message>
        <source>sandwich</source>
        <translation>三明治</translation>
    </message>
    <message>
        <source>hamburger</source>
        <translation>汉堡</translation>
    </message>
    <message>
        <source>french fries</source>
        <translation>薯条</translation>
    </message>
    <message>
        <source>sushi</source>
        <translation>寿司</translation>
    </message>
    <message>
        <source>meat</source>
        <translation>肉</translation>
    </message>
    <message>
        <source>sausage</source>
        <translation>香肠</translation>
    </message>
    <message>
        <source>cheese</source>
        <translation>奶酪</translation>
    </message>
    <message>
        <source>egg</source>
        <translation>鸡蛋</translation>
    </message>
    <message>
        <source>fruit</source>
        <translation>水果</translation>
    </message>
    <message>
        <source>apple</source>
        <translation>苹果</translation>
    </message>
    <message>
        <source>banana</source>
        <translation>香蕉</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙子</translation>
    </message>
    <message>
        <source>lemon</source>
        <translation>柠檬</translation>
    </message>
    <message>
        <source>strawberry</source>
        <translation>草莓</translation>
    </message>
    <message>
        <source>grapes</source>
        <translation>葡萄</translation>
    </message>
    <message>
        <source>tomato</source>
        <translation>番茄</translation>
    </message>
    <message>
        <source>potato</source>
        <translation>土豆</translation>
    </message>
    <message>
        <source>carrot</source>
        <translation>胡萝卜</translation>
    </message>
    <message>
        <source>vegetables</source>
        <translation>蔬菜</translation>
    </message>
    <message>
        <source>mushroom</source>
        <translation>蘑菇</translation>
    </message>
    <message>
        <source>chocolate</source>
        <translation>巧克力</translation>
    </message>
    <message>
        <source>ice cream</source>
        <translation>冰淇淋</translation>
    </message>
    <message>
        <source>coffee</source>
        <translation>咖啡</translation>
    </message>
    <message>
        <source>tea</source>
        <translation>茶</translation>
    </message>
    <message>
        <source>beer</source>
        <translation>啤酒</translation>
    </message>
    <message>
        <source>wine</source>
        <translation>葡萄酒</translation>
    </message>
    <message>
        <source>cocktail</source>
        <translation>鸡尾酒</translation>
    </message>
    <message>
        <source>juice</source>
        <translation>果汁</translation>
    </message>
    <message>
        <source>milk</source>
        <translation>牛奶</translation>
    </message>
    <message>
        <source>bottle</source>
        <translation>瓶子</translation>
    </message>
    <message>
        <source>plate</source>
        <translation>盘子</translation>
    </message>
    <message>
        <source>bowl</source>
        <translation>碗</translation>
    </message>
    <message>
        <source>cup</source>
        <translation>杯子</translation>
    </message>
    <message>
        <source>barbecue</source>
        <translation>烧烤</translation>
    </message>
    <message>
        <source>restaurant</source>
        <translation>餐厅</translation>
    </message>
    <message>
        <source>picnic</source>
        <translation>野餐</translation>
    </message>
    <message>
        <source>house</source>
        <translation>房子</translation>
    </message>
    <message>
        <source>kitchen</source>
        <translation>厨房</translation>
    </message>
    <message>
        <source>bedroom</source>
        <translation>卧室</translation>
    </message>
    <message>
        <source>bathroom</source>
        <translation>浴室</translation>
    </message>
    <message>
        <source>living room</source>
        <translation>客厅</translation>
    </message>
    <message>
        <source>bed</source>
        <translation>床</translation>
    </message>
    <message>
        <source>sofa</source>
        <translation>沙发</translation>
    </message>
    <message>
        <source>chair</source>
        <translation>椅子</translation>
    </message>
    <message>
        <source>table</source>
        <translation>桌子</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>书桌</translation>
    </message>
    <message>
        <source>lamp</source>
        <translation>灯</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗户</translation>
    </message>
    <message>
        <source>door</source>
        <translation>门</translation>
    </message>
    <message>
        <source>stairs</source>
        <translation>楼梯</translation>
    </message>
    <message>
        <source>bookshelf</source>
        <translation>书架</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>镜子</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>carpet</source>
        <translation>地毯</translation>
    </message>
    <message>
        <source>curtain</source>
        <translation>窗帘</translation>
    </message>
    <message>
        <source>fireplace</source>
        <translation>壁炉</translation>
    </message>
    <message>
        <source>candle</source>
        <translation>蜡烛</translation>
    </message>
    <message>
        <source>vase</source>
        <translation>花瓶</translation>
    </message>
    <message>
        <source>toy</source>
        <translation>玩具</translation>
    </message>
    <message>
        <source>doll</source>
        <translation>玩偶</translation>
    </message>
    <message>
        <source>teddy bear</source>
        <translation>泰迪熊</translation>
    </message>
    <message>
        <source>bathtub</source>
        <translation>浴缸</translation>
    </message>
    <message>
        <source>toilet</source>
        <translation>马桶</translation>
    </message>
    <message>
        <source>washing machine</source>
        <translation>洗衣机</translation>
    </message>
    <message>
        <source>refrigerator</source>
        <translation>冰箱</translation>
    </message>
    <message>
        <source>oven</source>
        <translation>烤箱</translation>
    </message>
    <message>
        <source>garden</source>
        <translation>花园</translation>
    </message>
    <message>
        <source>balcony</source>
        <translation>阳台</translation>
    </message>
    <message>
        <source>swimming pool</source>
        <translation>游泳池</translation>
    </message>
    <message>
        <source>fence</source>
        <translation>栅栏</translation>
    </message>
    <message>
        <source>roof</source>
        <translation>屋顶</translation>
    </message>
    <message>
        <source>garage</source>
        <translation>车库</translation>
    </message>
    <message>
        <source>book</source>
        <translation>书</translation>
    </message>
    <message>
        <source>newspaper</source>
        <translation>报纸</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>信件</translation>
    </message>
    <message>
        <source>envelope</source>
        <translation>信封</translation>
    </message>
    <message>
        <source>receipt</source>
        <translation>收据</translation>
    </message>
    <message>
        <source>invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>ticket</source>
        <translation>票</translation>
    </message>
    <message>
        <source>passport</source>
        <translation>护照</translation>
    </message>
    <message>
        <source>map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>whiteboard</source>
        <translation>白板</translation>
    </message>
    <message>
        <source>screenshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>diagram</source>
        <translation>示意图</translation>
    </message>
    <message>
        <source>chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>handwriting</source>
        <translation>手写文字</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>标牌</translation>
    </message>
    <message>
        <source>poster</source>
        <translation>海报</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>图画</translation>
    </message>
    <message>
        <source>sculpture</source>
        <translation>雕塑</translation>
    </message>
    <message>
        <source>statue</source>
        <translation>雕像</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>computer</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>laptop</source>
        <translation>笔记本电脑</translation>
    </message>
    <message>
        <source>keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>television</source>
        <translation>电视</translation>
    </message>
    <message>
        <source>headphones</source>
        <translation>耳机</translation>
    </message>
    <message>
        <source>radio</source>
        <translation>收音机</translation>
    </message>
    <message>
        <source>guitar</source>
        <translation>吉他</translation>
    </message>
    <message>
        <source>piano</source>
        <translation>钢琴</translation>
    </message>
    <message>
        <source>violin</source>
        <translation>小提琴</translation>
    </message>
    <message>
        <source>drums</source>
        <translation>鼓</translation>
    </message>
    <message>
        <source>trumpet</source>
        <translation>小号</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>bag</source>
        <translation>包</translation>
    </message>
    <message>
        <source>backpack</source>
        <translation>背包</translation>
    </message>
    <message>
        <source>suitcase</source>
        <translation>行李箱</translation>
    </message>
    <message>
        <source>umbrella</source>
        <translation>雨伞</translation>
    </message>
    <message>
        <source>glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>sunglasses</source>
        <translation>太阳镜</translation>
    </message>
    <message>
        <source>hat</source>
        <translation>帽子</translation>
    </message>
    <message>
        <source>helmet</source>
        <translation>头盔</translation>
    </message>
    <message>
        <source>shoes</source>
        <translation>鞋</translation>
    </message>
    <message>
        <source>boots</source>
        <translation>靴子</translation>
    </message>
    <message>
        <source>shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>suit</source>
        <translation>西装</translation>
    </message>
    <message>
        <source>jacket</source>
        <translation>夹克</translation>
    </message>
    <message>
        <source>scarf</source>
        <translation>围巾</translation>
    </message>
    <message>
        <source>gloves</source>
        <translation>手套</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>戒指</translation>
    </message>
    <message>
        <source>jewellery</source>
        <translation>首饰</translation>
    </message>
    <message>
        <source>watch</source>
        <translation>手表</translation>
    </message>
    <message>
        <source>key</source>
        <translation>钥匙</translation>
    </message>
    <message>
        <source>knife</source>
        <translation>刀</translation>
    </message>
    <message>
        <source>scissors</source>
        <translation>剪刀</translation>
    </message>
    <message>
        <source>hammer</source>
        <translation>锤子</translation>
    </message>
    <message>
        <source>tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>ladder</source>
        <translation>梯子</translation>
    </message>
    <message>
        <source>rope</source>
        <translation>绳子</translation>
    </message>
    <message>
        <source>basket</source>
        <translation>篮子</translation>
    </message>
    <message>
        <source>box</source>
        <translation>箱子</translation>
    </message>
    <message>
        <source>bucket</source>
        <translation>桶</translation>
    </message>
    <message>
        <source>balloon</source>
        <translation>气球</translation>
    </message>
    <message>
        <source>kite</source>
        <translation>风筝</translation>
    </message>
    <message>
        <source>flag</source>
        <translation>旗帜</translation>
    </message>
    <message>
        <source>money</source>
        <translation>钱</translation>
    </message>
    <message>
        <source>coins</source>
        <translation>硬币</translation>
    </message>
    <message>
        <source>medicine</source>
        <translation>药品</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>面具</translation>
    </message>
    <message>
        <source>cards</source>
        <translation>纸牌</translation>
    </message>
    <message>
        <source>chess</source>
        <translation>国际象棋</translation>
    </message>
    <message>
        <source>puzzle</source>
        <translation>拼图</translation>
    </message>
    <message>
        <source>ball</source>
        <translation>球</translation>
    </message>
    <message>
        <source>football</source>
        <translation>足球</translation>
    </message>
    <message>
        <source>basketball</source>
        <translation>篮球</translation>
    </message>
    <message>
        <source>tennis racket</source>
        <translation>网球拍</translation>
    </message>
    <message>
        <source>bat</source>
        <translation>球棒</translation>
    </message>
    <message>
        <source>skateboard</source>
        <translation>滑板</translation>
    </message>
    <message>
        <source>surfboard</source>
        <translation>冲浪板</translation>
    </message>
    <message>
        <source>skis</source>
        <translation>滑雪板</translation>
    </message>
    <message>
        <source>tent</source>
        <translation>帐篷</translation>
    </message>
    <message>
        <source>flashlight</source>
        <translation>手电筒</translation>
    </message>
    <message>
        <source>fire</source>
        <translation>火</translation>
    </message>
    <message>
        <source>smoke</source>
        <translation>烟</translation>
    </message>
    <message>
        <source>fireworks</source>
        <translation>烟花</translation>
    </message>
    <message>
        <source>toothbrush</source>
        <translation>牙刷</translation>
    </message>
    <message>
        <source>towel</source>
        <translation>毛巾</translation>
    </message>
    <message>
        <source>pillow</source>
        <translation>枕头</translation>
    </message>
    <message>
        <source>blanket</source>
        <translation>毯子</translation>
    </message>
    <message>
        <source>tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>palm tree</source>
        <translation>棕榈树</translation>
    </message>
    <message>
        <source>forest</source>
        <translation>森林</translation>
    </message>
    <message>
        <source>leaves</source>
        <translation>树叶</translation>
    </message>
    <message>
        <source>autumn leaves</source>
        <translation>秋叶</translation>
    </message>
    <message>
        <source>flower</source>
        <translation>花</translation>
    </message>
    <message>
        <source>rose</source>
        <translation>玫瑰</translation>
    </message>
    <message>
        <source>sunflower</source>
        <translation>向日葵</translation>
    </message>
    <message>
        <source>tulip</source>
        <translation>郁金香</translation>
    </message>
    <message>
        <source>grass</source>
        <translation>草</translation>
    </message>
    <message>
        <source>field</source>
        <translation>田野</translation>
    </message>
    <message>
        <source>meadow</source>
        <translation>草地</translation>
    </message>
    <message>
        <source>cactus</source>
        <translation>仙人掌</translation>
    </message>
    <message>
        <source>christmas tree</source>
        <translation>圣诞树</translation>
    </message>
    <message>
        <source>car</source>
        <translation>汽车</translation>
    </message>
    <message>
        <source>racing car</source>
        <translation>赛车</translation>
    </message>
    <message>
        <source>old car</source>
        <translation>老爷车</translation>
    </message>
    <message>
        <source>taxi</source>
        <translation>出租车</translation>
    </message>
    <message>
        <source>bus</source>
        <translation>公交车</translation>
    </message>
    <message>
        <source>truck</source>
        <translation>卡车</translation>
    </message>
    <message>
        <source>motorcycle</source>
        <translation>摩托车</translation>
    </message>
    <message>
        <source>bicycle</source>
        <translation>自行车</translation>
    </message>
    <message>
        <source>train</source>
        <translation>火车</translation>
    </message>
    <message>
        <source>tram</source>
        <translation>有轨电车</translation>
    </message>
    <message>
        <source>subway</source>
        <translation>地铁</translation>
    </message>
    <message>
        <source>airplane</source>
        <translation>飞机</translation>
    </message>
    <message>
        <source>helicopter</source>
        <translation>直升机</translation>
    </message>
    <message>
        <source>hot air balloon</source>
        <translation>热气球</translation>
    </message>
    <message>
        <source>boat</source>
        <translation>船</translation>
    </message>
    <message>
        <source>sailing boat</source>
        <translation>帆船</translation>
    </message>
    <message>
        <source>ship</source>
        <translation>轮船</translation>
    </message>
    <message>
        <source>canoe</source>
        <translation>独木舟</translation>
    </message>
    <message>
        <source>tractor</source>
        <translation>拖拉机</translation>
    </message>
    <message>
        <source>fire engine</source>
        <translation>消防车</translation>
    </message>
    <message>
        <source>ambulance</source>
        <translation>救护车</translation>
    </message>
    <message>
        <source>wheelchair</source>
        <translation>轮椅</translation>
    </message>
    <message>
        <source>pram</source>
        <translation>婴儿车</translation>
    </message>
    <message>
        <source>scooter</source>
        <translation>踏板车</translation>
    </message>
    <message>
        <source>traffic light</source>
        <translation>红绿灯</translation>
    </message>
    <message>
        <source>sky</source>
        <translation>天空</translation>
    </message>
    <message>
        <source>clouds</source>
        <translation>云</translation>
    </message>
    <message>
        <source>sunset</source>
        <translation>日落</translation>
    </message>
    <message>
        <source>sunrise</source>
        <translation>日出</translation>
    </message>
    <message>
        <source>night sky</source>
        <translation>夜空</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>星星</translation>
    </message>
    <message>
        <source>moon</source>
        <translation>月亮</translation>
    </message>
    <message>
        <source>rainbow</source>
        <translation>彩虹</translation>
    </message>
    <message>
        <source>rain</source>
        <translation>雨</translation>
    </message>
    <message>
        <source>lightning</source>
        <translation>闪电</translation>
    </message>
    <message>
        <source>snow</source>
        <translation>雪</translation>
    </message>
    <message>
        <source>ice</source>
        <translation>冰</translation>
    </message>
    <message>
        <source>fog</source>
        <translation>雾</translation>
    </message>
    <message>
        <source>mountain</source>
        <translation>山</translation>
    </message>
    <message>
        <source>hill</source>
        <translation>小山</translation>
    </message>
    <message>
        <source>valley</source>
        <translation>山谷</translation>
    </message>
    <message>
        <source>volcano</source>
        <translation>火山</translation>
    </message>
    <message>
        <source>cliff</source>
        <translation>悬崖</translation>
    </message>
    <message>
        <source>rock</source>
        <translation>岩石</translation>
    </message>
    <message>
        <source>cave</source>
        <translation>洞穴</translation>
    </message>
    <message>
        <source>desert</source>
        <translation>沙漠</translation>
    </message>
    <message>
        <source>sand</source>
        <translation>沙子</translation>
    </message>
    <message>
        <source>beach</source>
        <translation>海滩</translation>
    </message>
    <message>
        <source>sea</source>
        <translation>大海</translation>
    </message>
    <message>
        <source>waves</source>
        <translation>海浪</translation>
    </message>
    <message>
        <source>island</source>
        <translation>岛屿</translation>
    </message>
    <message>
        <source>lake</source>
        <translation>湖</translation>
    </message>
    <message>
        <source>river</source>
        <translation>河</translation>
    </message>
    <message>
        <source>waterfall</source>
        <translation>瀑布</translation>
    </message>
    <message>
        <source>pond</source>
        <translation>池塘</translation>
    </message>
    <message>
        <source>mud</source>
        <translation>泥</translation>
    </message>
    <message>
        <source>underwater</source>
        <translation>水下</translation>
    </message>
    <message>
        <source>city</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>skyline</source>
        <translation>天际线</translation>
    </message>
    <message>
        <source>skyscraper</source>
        <translation>摩天大楼</translation>
    </message>
    <message>
        <source>street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>street at night</source>
        <translation>夜晚的街道</translation>
    </message>
    <message>
        <source>village</source>
        <translation>村庄</translation>
    </message>
    <message>
        <source>square</source>
        <translation>广场</translation>
    </message>
    <message>
        <source>market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>shop</source>
        <translation>商店</translation>
    </message>
    <message>
        <source>supermarket</source>
        <translation>超市</translation>
    </message>
    <message>
        <source>cafe</source>
        <translation>咖啡馆</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>酒吧</translation>
    </message>
    <message>
        <source>hotel</source>
        <translation>酒店</translation>
    </message>
    <message>
        <source>office</source>
        <translation>办公室</translation>
    </message>
    <message>
        <source>factory</source>
        <translation>工厂</translation>
    </message>
    <message>
        <source>school</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>classroom</source>
        <translation>教室</translation>
    </message>
    <message>
        <source>library</source>
        <translation>图书馆</translation>
    </message>
    <message>
        <source>museum</source>
        <translation>博物馆</translation>
    </message>
    <message>
        <source>church</source>
        <translation>教堂</translation>
    </message>
    <message>
        <source>temple</source>
        <translation>寺庙</translation>
    </message>
    <message>
        <source>mosque</source>
        <translation>清真寺</translation>
    </message>
    <message>
        <source>castle</source>
        <translation>城堡</translation>
    </message>
    <message>
        <source>tower</source>
        <translation>塔</translation>
    </message>
    <message>
        <source>lighthouse</source>
        <translation>灯塔</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>桥</translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>railway station</source>
        <translation>火车站</translation>
    </message>
    <message>
        <source>airport</source>
        <translation>机场</translation>
    </message>
    <message>
        <source>harbour</source>
        <translation>港口</translation>
    </message>
    <message>
        <source>stadium</source>
        <translation>体育场</translation>
    </message>
    <message>
        <source>playground</source>
        <translation>游乐场</translation>
    </message>
    <message>
        <source>park</source>
        <translation>公园</translation>
    </message>
    <message>
        <source>zoo</source>
        <translation>动物园</translation>
    </message>
    <message>
        <source>farm</source>
        <translation>农场</translation>
    </message>
    <message>
        <source>barn</source>
        <translation>谷仓</translation>
    </message>
    <message>
        <source>bench</source>
        <translation>长椅</translation>
    </message>
    <message>
        <source>fountain</source>
        <translation>喷泉</translation>
    </message>
    <message>
        <source>ruins</source>
        <translation>废墟</translation>
    </message>
    <message>
        <source>monument</source>
        <translation>纪念碑</translation>
    </message>
    <message>
        <source>cemetery</source>
        <translation>墓地</translation>
    </message>
    <message>
        <source>hospital</source>
        <translation>医院</translation>
    </message>
    <message>
        <source>theatre</source>
        <translation>剧院</translation>
    </message>
    <message>
        <source>cinema</source>
        <translation>电影院</translation>
    </message>
    <message>
        <source>gym</source>
        <translation>健身房</translation>
    </message>
    <message>
        <source>construction site</source>
        <translation>工地</translation>
    </message>
    <message>
        <source>parking lot</source>
        <translation>停车场</translation>
    </message>
    <message>
        <source>motorway</source>
        <translation>高速公路</translation>
    </message>
    <message>
        <source>path</source>
        <translation>小路</translation>
    </message>
    <message>
        <source>swing</source>
        <translation>秋千</translation>
    </message>
    <message>
        <source>slide</source>
        <translation>滑梯</translation>
    </message>
    <message>
        <source>trampoline</source>
        <translation>蹦床</translation>
    </message>
    <message>
        <source>wedding</source>
        <translation>婚礼</translation>
    </message>
    <message>
        <source>birthday party</source>
        <translation>生日聚会</translation>
    </message>
    <message>
        <source>party</source>
        <translation>聚会</translation>
    </message>
    <message>
        <source>christmas</source>
        <translation>圣诞节</translation>
    </message>
    <message>
        <source>halloween</source>
        <translation>万圣节</translation>
    </message>
    <message>
        <source>easter</source>
        <translation>复活节</translation>
    </message>
    <message>
        <source>carnival</source>
        <translation>狂欢节</translation>
    </message>
    <message>
        <source>parade</source>
        <translation>游行</translation>
    </message>
    <message>
        <source>concert</source>
        <translation>音乐会</translation>
    </message>
    <message>
        <source>festival</source>
        <translation>节日</translation>
    </message>
    <message>
        <source>dance</source>
        <translation>舞会</translation>
    </message>
    <message>
        <source>exhibition</source>
        <translation>展览</translation>
    </message>
    <message>
        <source>graduation</source>
        <translation>毕业典礼</translation>
    </message>
    <message>
        <source>meeting</source>
        <translation>会议</translation>
    </message>
    <message>
        <source>lecture</source>
        <translation>讲座</translation>
    </message>
    <message>
        <source>conference</source>
        <translation>大会</translation>
    </message>
    <message>
        <source>race</source>
        <translation>比赛</translation>
    </message>
    <message>
        <source>football match</source>
        <translation>足球比赛</translation>
    </message>
    <message>
        <source>basketball match</source>
        <translation>篮球比赛</translation>
    </message>
    <message>
        <source>baseball match</source>
        <translation>棒球比赛</translation>
    </message>
    <message>
        <source>tennis match</source>
        <translation>网球比赛</translation>
    </message>
    <message>
        <source>hockey match</source>
        <translation>曲棍球比赛</translation>
    </message>
    <message>
        <source>rugby match</source>
        <translation>橄榄球比赛</translation>
    </message>
    <message>
        <source>horse riding</source>
        <translation>骑马</translation>
    </message>
    <message>
        <source>rodeo</source>
        <translation>牛仔竞技</translation>
    </message>
    <message>
        <source>skiing</source>
        <translation>滑雪运动</translation>
    </message>
    <message>
        <source>snowboarding</source>
        <translation>单板滑雪</translation>
    </message>
    <message>
        <source>ice skating</source>
        <translation>滑冰</translation>
    </message>
    <message>
        <source>sledging</source>
        <translation>雪橇</translation>
    </message>
    <message>
        <source>surfing</source>
        <translation>冲浪</translation>
    </message>
    <message>
        <source>swimming</source>
        <translation>游泳</translation>
    </message>
    <message>
        <source>diving</source>
        <translation>跳水</translation>
    </message>
    <message>
        <source>sailing</source>
        <translation>帆船运动</translation>
    </message>
    <message>
        <source>fishing</source>
        <translation>钓鱼</translation>
    </message>
    <message>
        <source>rowing</source>
        <translation>划船</translation>
    </message>
    <message>
        <source>climbing</source>
        <translation>攀岩</translation>
    </message>
    <message>
        <source>hiking</source>
        <translation>徒步</translation>
    </message>
    <message>
        <source>camping</source>
        <translation>露营</translation>
    </message>
    <message>
        <source>running</source>
        <translation>跑步</translation>
    </message>
    <message>
        <source>jumping</source>
        <translation>跳跃</translation>
    </message>
    <message>
        <source>cycling</source>
        <translation>骑行</translation>
    </message>
    <message>
        <source>skateboarding</source>
        <translation>滑板运动</translation>
    </message>
    <message>
        <source>dancing</source>
        <translation>跳舞</translation>
    </message>
    <message>
        <source>singing</source>
        <translation>唱歌</translation>
    </message>
    <message>
        <source>cooking</source>
        <translation>做饭</translation>
    </message>
    <message>
        <source>eating</source>
        <translation>吃东西</translation>
    </message>
    <message>
        <source>drinking</source>
        <translation>喝东西</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>阅读</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>写字</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>睡觉</translation>
    </message>
    <message>
        <source>playing</source>
        <translation>玩耍</translation>
    </message>
    <message>
        <source>shopping</source>
        <translation>购物</translation>
    </message>
    <message>
        <source>gardening</source>
        <translation>园艺</translation>
    </message>
    <message>
        <source>kissing</source>
        <translation>亲吻</translation>
    </message>
    <message>
        <source>hugging</source>
        <translation>拥抱</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>微笑</translation>
    </message>
    <message>
        <source>crying</source>
        <translation>哭泣</translation>
    </message>
    <message>
        <source>praying</source>
        <translation>祈祷</translation>
    </message>
    <message>
        <source>protest</source>
        <translation>抗议</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Try again; the log says more: {0}</source>
        <translation>请重试；详情见日志：{0}</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>发生意外错误。</translation>
    </message>
</context>
<context>
    <name>MapBar</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>What looks alike lies together</source>
        <translation>外观相似的内容彼此靠近</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>What is about the same lies together</source>
        <translation>主题相同的内容彼此靠近</translation>
    </message>
    <message>
        <source>Lasso (Shift and drag)</source>
        <translation>套索（Shift 加拖动）</translation>
    </message>
    <message>
        <source>Further (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>All of the map (Home)</source>
        <translation>显示整个地图（Home）</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>What the colours stand for</source>
        <translation>颜色的含义</translation>
    </message>
    <message>
        <source>Colours by kind</source>
        <translation>按类型着色</translation>
    </message>
    <message>
        <source>Colours by year</source>
        <translation>按年份着色</translation>
    </message>
</context>
<context>
    <name>MapChosen</name>
    <message>
        <source>Let go of what is chosen (Esc)</source>
        <translation>取消选择（Esc）</translation>
    </message>
    <message>
        <source>Let go of what is chosen</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>{0} chosen</source>
        <translation>已选择 {0} 项</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>Show or leave out: {0}</source>
        <translation>显示或隐藏：{0}</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>已显示</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>{0}: {1} item(s)</source>
        <translation>{0}：{1} 项</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Show in Find</source>
        <translation>在“查找”中显示</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Drawing the map …</source>
        <translation>正在绘制地图…</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>{0} items</source>
        <translation>{0} 项</translation>
    </message>
    <message>
        <source>{0} of {1} items</source>
        <translation>{0} / {1} 项</translation>
    </message>
    <message>
        <source>{0} without a picture</source>
        <translation>{0} 项没有图片</translation>
    </message>
    <message>
        <source>{0} without words</source>
        <translation>{0} 项没有文字</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Arrows move the map, plus and minus zoom, Home shows all of it, Enter shows the item in the middle, Ctrl+A chooses all in sight.</source>
        <translation>方向键移动地图，加减键缩放，Home 显示全部，Enter 显示中央的项目，Ctrl+A 选择视野内的所有项目。</translation>
    </message>
    <message>
        <source>Map of {0} items</source>
        <translation>{0} 项的地图</translation>
    </message>
    <message>
        <source>Map of 1 item</source>
        <translation>1 项的地图</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation>下载 {0}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on downloading {0}</source>
        <translation>继续下载 {0}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the download of {0}</source>
        <translation>暂停下载 {0}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the download of {0}</source>
        <translation>取消下载 {0}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>使用 {0}</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>{0} 的更多操作</translation>
    </message>
    <message>
        <source>Measure the speed on this computer</source>
        <translation>测量在此电脑上的速度</translation>
    </message>
    <message>
        <source>Verify the files</source>
        <translation>校验文件</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Starter</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Not for commercial use</source>
        <translation>不可商用</translation>
    </message>
    <message>
        <source>Needs more memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Paused at {0} of {1}</source>
        <translation>已暂停：{0} / {1}</translation>
    </message>
    <message>
        <source>Waits for the download before</source>
        <translation>等待前一个下载完成</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>正在安装</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>Show {0} more</source>
        <translation>再显示 {0} 个</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Reads pages and pictures and answers in full sentences. Without one, answers are quoted from your files.</source>
        <translation>阅读页面和图片，并用完整的句子回答。没有它时，回答会直接引用你的文件。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Finds photos, pages and video by what they show.</source>
        <translation>按画面内容查找照片、页面和视频。</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Finds notes and documents by what they mean.</source>
        <translation>按含义查找笔记和文档。</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Writes down what is said, so that it can be found.</source>
        <translation>将语音转写成文字，以便查找。</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Finds recordings by what they sound like.</source>
        <translation>按声音本身查找录音。</translation>
    </message>
    <message>
        <source>Order of hits</source>
        <translation>结果排序</translation>
    </message>
    <message>
        <source>Reads the first hits once more and sorts them better; slower.</source>
        <translation>重新阅读靠前的结果并更好地排序；较慢。</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>多种语言</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>许可证未知</translation>
    </message>
    <message>
        <source>{0}, not for commercial use</source>
        <translation>{0}，不可商用</translation>
    </message>
    <message>
        <source>first word after {0} s, then {1} tokens a second</source>
        <translation>{0} 秒后出现首个词，之后每秒 {1} 个词元</translation>
    </message>
    <message>
        <source>{0} pictures a second here</source>
        <translation>此电脑每秒 {0} 张图片</translation>
    </message>
    <message>
        <source>{0} passages a second here</source>
        <translation>此电脑每秒 {0} 个段落</translation>
    </message>
    <message>
        <source>Checking {0}</source>
        <translation>正在校验 {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0} · the connection broke off, trying again</source>
        <translation>{0} · 连接中断，正在重试</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>每秒 {0}</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>还剩 {0} 秒</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>还剩 {0} 分钟</translation>
    </message>
    <message>
        <source>{0} h left</source>
        <translation>还剩 {0} 小时</translation>
    </message>
    <message>
        <source>{0} to download, {1} free on the disk</source>
        <translation>需下载 {0}，磁盘可用 {1}</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>There is not enough space on the disk.</source>
        <translation>磁盘空间不足。</translation>
    </message>
    <message>
        <source>It probably needs more memory than this computer has ({0}).</source>
        <translation>它需要的内存可能超过此电脑的内存（{0}）。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Files …</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Installed models take {0}; {1} are free on the disk.</source>
        <translation>已安装的模型占用 {0}；磁盘可用 {1}。</translation>
    </message>
    <message>
        <source>{0} is in use. What it needs to know of your files is made up for now.</source>
        <translation>正在使用 {0}，现在为它重新准备你的文件。</translation>
    </message>
    <message>
        <source>Switching</source>
        <translation>正在切换</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <source>Remove {0}?</source>
        <translation>移除 {0}？</translation>
    </message>
    <message>
        <source>{0} are freed on the disk.</source>
        <translation>将释放 {0} 磁盘空间。</translation>
    </message>
    <message>
        <source>To have it back, import its files again.</source>
        <translation>如需恢复，请重新导入其文件。</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>之后可以重新下载。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{0} is removed.</source>
        <translation>已移除 {0}。</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>{0}: every file is what it should be.</source>
        <translation>{0}：所有文件均正确。</translation>
    </message>
    <message>
        <source>Reading all its files</source>
        <translation>正在读取其全部文件</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Choose all files of the model</source>
        <translation>选择模型的所有文件</translation>
    </message>
    <message>
        <source>Models (*.gguf *.onnx *.json *.safetensors)</source>
        <translation>模型 (*.gguf *.onnx *.json *.safetensors)</translation>
    </message>
    <message>
        <source>Choose the folder of the model</source>
        <translation>选择模型所在文件夹</translation>
    </message>
    <message>
        <source>{0} is installed.</source>
        <translation>{0} 已安装。</translation>
    </message>
    <message>
        <source>Reading and copying the files …</source>
        <translation>正在读取并拷贝文件…</translation>
    </message>
    <message>
        <source>Models of this page and of the same kinds can be imported.</source>
        <translation>可导入本页列出的模型及同类模型。</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>Download of {0}</source>
        <translation>{0} 的下载进度</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation>下载 {0}</translation>
    </message>
    <message>
        <source>Find photos better, in over a hundred languages</source>
        <translation>更好地查找照片，支持一百多种语言</translation>
    </message>
    <message>
        <source>Find photos by what is in them</source>
        <translation>按画面内容查找照片</translation>
    </message>
    <message>
        <source>Answers in full sentences, also from pictures</source>
        <translation>用完整的句子回答，也能根据图片回答</translation>
    </message>
    <message>
        <source>Find what is said in recordings</source>
        <translation>查找录音中说的话</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
</context>
<context>
    <name>Onboarding</name>
    <message>
        <source>Find what you have kept</source>
        <translation>找到你保存的一切</translation>
    </message>
    <message>
        <source>Desktop MMRAG understands the photos, notes, documents, recordings and videos in your folders, finds them by what they mean, and answers questions from them. Everything happens on this computer; nothing leaves it.</source>
        <translation>Desktop MMRAG 理解你文件夹中的照片、笔记、文档、录音和视频，按含义查找，并据此回答问题。一切都在此电脑上进行，任何数据都不会外传。</translation>
    </message>
    <message>
        <source>Which folders may it read?</source>
        <translation>它可以读取哪些文件夹？</translation>
    </message>
    <message>
        <source>Or drop folders anywhere in this window.</source>
        <translation>也可以将文件夹拖到窗口中的任何位置。</translation>
    </message>
    <message>
        <source>Another folder …</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Watches eighteen small files that come with the program; remove them any time</source>
        <translation>监视随程序附带的十八个小文件；可随时移除</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>What it can do</source>
        <translation>可以做什么</translation>
    </message>
    <message>
        <source>One click adds more. Downloads can wait: see Models at any time.</source>
        <translation>一键即可增强功能。下载不必着急：随时可在“模型”中进行。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>Notes: {0}</source>
        <translation>笔记：{0}</translation>
    </message>
    <message>
        <source>Finds notes and documents by meaning and by word</source>
        <translation>按含义和词语查找笔记与文档</translation>
    </message>
    <message>
        <source>Finds photos by what they show</source>
        <translation>按画面内容查找照片</translation>
    </message>
    <message>
        <source>Reads the text in photos, screenshots and scans</source>
        <translation>识别照片、截图和扫描件中的文字</translation>
    </message>
    <message>
        <source>Finds what is said in recordings and videos</source>
        <translation>查找录音和视频中说的话</translation>
    </message>
    <message>
        <source>Answers by quoting your files, with the place of each quote</source>
        <translation>引用你的文件作答，并注明每处引用的位置</translation>
    </message>
    <message>
        <source>Answers in full sentences, also from pictures</source>
        <translation>用完整的句子回答，也能根据图片回答</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>OpenLibrary</name>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
    <message>
        <source>slower on battery</source>
        <translation>使用电池，已减速</translation>
    </message>
    <message>
        <source>giving way to other programs</source>
        <translation>为其他程序让出资源</translation>
    </message>
</context>
<context>
    <name>OpeningView</name>
    <message>
        <source>Opening the library …</source>
        <translation>正在打开资料库…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>PassageView</name>
    <message>
        <source>Words in the file</source>
        <translation>文件中的文字</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Find this part</source>
        <translation>查找这一部分</translation>
    </message>
</context>
<context>
    <name>PlayerView</name>
    <message>
        <source>Position</source>
        <translation>播放位置</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>See it in the full window (Space)</source>
        <translation>在整个窗口中查看（空格键）</translation>
    </message>
    <message>
        <source>Close the preview</source>
        <translation>关闭预览</translation>
    </message>
    <message>
        <source>Choose something to see it here.</source>
        <translation>选择一项即可在此预览。</translation>
    </message>
</context>
<context>
    <name>ResultBar</name>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组方式</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>按文件夹</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>按类型</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>图片大小</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>最佳在前</translation>
    </message>
</context>
<context>
    <name>SaveSearch</name>
    <message>
        <source>Save this search</source>
        <translation>存储此搜索</translation>
    </message>
    <message>
        <source>Save this search in the sidebar (Ctrl+S)</source>
        <translation>将此搜索存储到侧边栏（Ctrl+S）</translation>
    </message>
    <message>
        <source>Search for something first, then save it.</source>
        <translation>请先搜索，然后再存储。</translation>
    </message>
    <message>
        <source>It stays in the sidebar and says when something new is found.

Name:</source>
        <translation>它会保留在侧边栏中，并在有新结果时提示。

名称：</translation>
    </message>
    <message>
        <source>Saved as “{0}”.</source>
        <translation>已存储为“{0}”。</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Find or ask</source>
        <translation>查找或提问</translation>
    </message>
    <message>
        <source>Find anything, or ask a question</source>
        <translation>查找任何内容，或提出问题</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search by a picture</source>
        <translation>以图搜索</translation>
    </message>
    <message>
        <source>Recent searches</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>Clear recent searches</source>
        <translation>清除最近搜索</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Answer this from your files (Ctrl+Enter)</source>
        <translation>根据你的文件回答（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Searched for {0} as words.</source>
        <translation>已将 {0} 作为词语搜索。</translation>
    </message>
    <message>
        <source>{0} items</source>
        <translation>{0} 项</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>找到 {0} 项</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>SeenPicture</name>
    <message>
        <source>The model looked at {0}</source>
        <translation>模型看了 {0}</translation>
    </message>
</context>
<context>
    <name>SettingEditors</name>
    <message>
        <source>One pattern on each line</source>
        <translation>每行一个模式</translation>
    </message>
    <message>
        <source>The best one installed</source>
        <translation>已安装中最好的</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Fused</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Text, then picture</source>
        <translation>先文字后图片</translation>
    </message>
    <message>
        <source>Shared space</source>
        <translation>共享空间</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Restore the default of {0}</source>
        <translation>恢复“{0}”的默认值</translation>
    </message>
    <message>
        <source>Restore the default</source>
        <translation>恢复默认值</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>What is kept</source>
        <translation>收录内容</translation>
    </message>
    <message>
        <source>Hidden files</source>
        <translation>隐藏文件</translation>
    </message>
    <message>
        <source>Also keep files and folders whose name begins with a dot.</source>
        <translation>同时收录名称以点开头的文件和文件夹。</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Patterns of files and folders to leave out, such as *.tmp or node_modules.</source>
        <translation>要排除的文件和文件夹的模式，例如 *.tmp 或 node_modules。</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>仅限这些</translation>
    </message>
    <message>
        <source>When given, only files that match one of these patterns are kept.</source>
        <translation>填写后，只收录符合其中某个模式的文件。</translation>
    </message>
    <message>
        <source>Largest file (MB)</source>
        <translation>文件大小上限（MB）</translation>
    </message>
    <message>
        <source>Larger files are listed as skipped.</source>
        <translation>更大的文件会列为已跳过。</translation>
    </message>
    <message>
        <source>Largest recording (MB)</source>
        <translation>音视频大小上限（MB）</translation>
    </message>
    <message>
        <source>Larger videos and sounds are listed as skipped.</source>
        <translation>更大的视频和音频会列为已跳过。</translation>
    </message>
    <message>
        <source>Read text in pictures</source>
        <translation>识别图中文字</translation>
    </message>
    <message>
        <source>Find photos, screenshots and scans by the words in them. Runs after everything else.</source>
        <translation>按照片、截图和扫描件中的文字查找。在其他工作完成后进行。</translation>
    </message>
    <message>
        <source>How hard the computer works</source>
        <translation>电脑负载</translation>
    </message>
    <message>
        <source>Describe photos</source>
        <translation>描述照片</translation>
    </message>
    <message>
        <source>The answering model writes a sentence about each photo, to find it by. Takes seconds to minutes a photo and runs after everything else.</source>
        <translation>回答模型为每张照片写一句话，以便查找。每张照片需数秒到数分钟，在其他工作完成后进行。</translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation>处理器核心</translation>
    </message>
    <message>
        <source>How many cores to use; 0 takes all of them.</source>
        <translation>使用多少个核心；0 表示全部使用。</translation>
    </message>
    <message>
        <source>Memory for one file (MB)</source>
        <translation>单个文件的内存（MB）</translation>
    </message>
    <message>
        <source>A file that needs more is skipped.</source>
        <translation>需要更多内存的文件会被跳过。</translation>
    </message>
    <message>
        <source>Time for one file (seconds)</source>
        <translation>单个文件的时间（秒）</translation>
    </message>
    <message>
        <source>Largest picture (megapixels)</source>
        <translation>图片像素上限（百万）</translation>
    </message>
    <message>
        <source>Larger pictures are skipped.</source>
        <translation>更大的图片会被跳过。</translation>
    </message>
    <message>
        <source>Look for changes every (seconds)</source>
        <translation>检查更改的间隔（秒）</translation>
    </message>
    <message>
        <source>0 waits for the system&apos;s own messages and looks every hour; network drives need a number.</source>
        <translation>0 表示等待系统通知，并每小时检查一次；网络驱动器需要填写数值。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Image search model</source>
        <translation>图片搜索模型</translation>
    </message>
    <message>
        <source>The best one installed, unless you name another by its id.</source>
        <translation>使用已安装中最好的，除非填写其他模型的 id。</translation>
    </message>
    <message>
        <source>Text search model</source>
        <translation>文本搜索模型</translation>
    </message>
    <message>
        <source>Answering model</source>
        <translation>回答模型</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>语音模型</translation>
    </message>
    <message>
        <source>The id of the model that writes down what is said in recordings; empty takes the best one installed, off none.</source>
        <translation>转写录音的模型 id；留空使用已安装中最好的，off 表示不转写。</translation>
    </message>
    <message>
        <source>Sound search model</source>
        <translation>声音搜索模型</translation>
    </message>
    <message>
        <source>The id of the model that finds sounds by what they sound like; empty takes the best one installed, off none.</source>
        <translation>按声音本身查找的模型 id；留空使用已安装中最好的，off 表示不使用。</translation>
    </message>
    <message>
        <source>Reranker</source>
        <translation>重排模型</translation>
    </message>
    <message>
        <source>Sorts the first hits once more; slower. Off, or a model&apos;s id.</source>
        <translation>对靠前的结果再次排序；较慢。填写 off 或模型 id。</translation>
    </message>
    <message>
        <source>Context of the answering model (tokens)</source>
        <translation>回答模型的上下文（词元）</translation>
    </message>
    <message>
        <source>More lets it read more sources at once and takes more memory.</source>
        <translation>越大，一次能读的来源越多，占用内存也越多。</translation>
    </message>
    <message>
        <source>Free the answering model after (seconds)</source>
        <translation>释放回答模型的时间（秒）</translation>
    </message>
    <message>
        <source>Gives its memory back.</source>
        <translation>交还它占用的内存。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>结果数量</translation>
    </message>
    <message>
        <source>How many hits the command `search` prints; the window shows more as you scroll.</source>
        <translation>命令 `search` 列出多少条结果；窗口会随滚动显示更多。</translation>
    </message>
    <message>
        <source>Sources for an answer</source>
        <translation>回答的来源数量</translation>
    </message>
    <message>
        <source>How many hits an answer may read.</source>
        <translation>一次回答最多阅读多少个结果。</translation>
    </message>
    <message>
        <source>Search strategy</source>
        <translation>搜索策略</translation>
    </message>
    <message>
        <source>Fused asks everything. Text finds by words alone, also of pictures; text-then-picture answers from the picture itself then. Shared compares pictures and words in one space.</source>
        <translation>“综合”使用全部方式。“文字”仅按词语查找，也包括图片中的文字；“先文字后图片”再根据图片本身回答。“共享空间”在同一空间中比较图片与文字。</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light or dark colours, or those of the system.</source>
        <translation>浅色或深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the window; a change shows at the next start.</source>
        <translation>窗口的语言；更改在下次启动时生效。</translation>
    </message>
    <message>
        <source>Give way</source>
        <translation>礼让模式</translation>
    </message>
    <message>
        <source>Work slower on battery and while other programs need the computer.</source>
        <translation>使用电池或其他程序需要资源时放慢工作。</translation>
    </message>
    <message>
        <source>Go on when the window is closed</source>
        <translation>关闭窗口后继续</translation>
    </message>
    <message>
        <source>Keeps watching the folders; an icon in the system&apos;s tray opens the window again.</source>
        <translation>继续监视文件夹；点击系统托盘图标可重新打开窗口。</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Starts in the tray, without a window, when you log in to the computer.</source>
        <translation>登录电脑时在托盘中启动，不显示窗口。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting matches these words.</source>
        <translation>没有符合这些词语的设置。</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>What the box understands</source>
        <translation>搜索框能理解的写法</translation>
    </message>
    <message>
        <source>Exactly these words</source>
        <translation>完全按这些词</translation>
    </message>
    <message>
        <source>Without a word or a kind</source>
        <translation>排除某个词或某种类型</translation>
    </message>
    <message>
        <source>One or the other, in capitals</source>
        <translation>两者之一，须大写</translation>
    </message>
    <message>
        <source>Also note, document, audio and video</source>
        <translation>也可以是 note、document、audio 和 video</translation>
    </message>
    <message>
        <source>With this in the folder’s or file’s name</source>
        <translation>文件夹名或文件名中含有它</translation>
    </message>
    <message>
        <source>And after:, also with words such as yesterday</source>
        <translation>以及 after:，也可用 yesterday 这样的英文词</translation>
    </message>
    <message>
        <source>Taken at this place</source>
        <translation>在此地点拍摄</translation>
    </message>
    <message>
        <source>By this camera; with so many stars or more</source>
        <translation>由此相机拍摄；至少这么多颗星</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Go to the box</source>
        <translation>转到搜索框</translation>
    </message>
    <message>
        <source>Change the view</source>
        <translation>切换视图</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Narrow or widen the sidebar</source>
        <translation>收窄或展开侧边栏</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>The box</source>
        <translation>搜索框</translation>
    </message>
    <message>
        <source>Search; ask when it ends with a question mark</source>
        <translation>搜索；以问号结尾时提问</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>To the results</source>
        <translation>转到结果</translation>
    </message>
    <message>
        <source>Search by a picture from the clipboard</source>
        <translation>用剪贴板中的图片搜索</translation>
    </message>
    <message>
        <source>Search by a picture or another file</source>
        <translation>用图片或其他文件搜索</translation>
    </message>
    <message>
        <source>Recent searches</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>Save the search in the sidebar</source>
        <translation>将搜索存储到侧边栏</translation>
    </message>
    <message>
        <source>Empty the box</source>
        <translation>清空搜索框</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Look closely</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Open with its own program</source>
        <translation>用默认程序打开</translation>
    </message>
    <message>
        <source>Copy the file or picture</source>
        <translation>拷贝文件或图片</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Larger and smaller pictures</source>
        <translation>放大和缩小图片</translation>
    </message>
    <message>
        <source>Back to the box</source>
        <translation>返回搜索框</translation>
    </message>
    <message>
        <source>Looking closely</source>
        <translation>放大查看时</translation>
    </message>
    <message>
        <source>Previous and next result</source>
        <translation>上一个和下一个结果</translation>
    </message>
    <message>
        <source>Larger and smaller</source>
        <translation>放大和缩小</translation>
    </message>
    <message>
        <source>Fit into the window, or full size</source>
        <translation>适合窗口或原始大小</translation>
    </message>
    <message>
        <source>Turn the pages of a document</source>
        <translation>翻动文档页面</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>播放和暂停</translation>
    </message>
    <message>
        <source>Back and forward in a recording</source>
        <translation>录音后退和前进</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>返回结果</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Nearer and further</source>
        <translation>放大和缩小</translation>
    </message>
    <message>
        <source>All of the map</source>
        <translation>整个地图</translation>
    </message>
    <message>
        <source>Look at what is in the middle</source>
        <translation>查看中央的项目</translation>
    </message>
    <message>
        <source>Choose all in sight</source>
        <translation>选择视野内的全部</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Hide names</source>
        <translation>隐藏名称</translation>
    </message>
</context>
<context>
    <name>SimilarStrip</name>
    <message>
        <source>More like this</source>
        <translation>更多相似内容</translation>
    </message>
</context>
<context>
    <name>SmartFolderList</name>
    <message>
        <source>Saved searches</source>
        <translation>已存搜索</translation>
    </message>
    <message>
        <source>{0} new in “{1}”</source>
        <translation>“{1}”中有 {0} 项新内容</translation>
    </message>
    <message>
        <source>{0}, {1} new</source>
        <translation>{0}，{1} 项新内容</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove this search</source>
        <translation>移除此搜索</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
</context>
<context>
    <name>SourcesPage</name>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Add folder …</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>No folder is watched yet</source>
        <translation>还没有监视的文件夹</translation>
    </message>
    <message>
        <source>Add folders with photos, notes, documents or recordings, or drop them here. They are only read, never changed.</source>
        <translation>添加有照片、笔记、文档或录音的文件夹，或将其拖到这里。文件只会被读取，绝不会被更改。</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
    <message>
        <source>The library forgets all it knows of the one file in {1}: its words, preview and vectors. It is no longer found or used in answers.

The file itself stays where it is.</source>
        <translation>资料库会忘记 {1} 中这个文件的全部信息：文字、预览和向量。它不会再被找到，也不会再用于回答。

文件本身保留在原处。</translation>
    </message>
    <message>
        <source>Forget a folder</source>
        <translation>移除文件夹</translation>
    </message>
    <message>
        <source>Forget “{0}”?</source>
        <translation>移除“{0}”？</translation>
    </message>
    <message>
        <source>The library forgets all it knows of the {0} files in {1}: their words, previews and vectors. They are no longer found or used in answers.

The files themselves stay where they are.</source>
        <translation>资料库会忘记 {1} 中 {0} 个文件的全部信息：文字、预览和向量。它们不会再被找到，也不会再用于回答。

文件本身保留在原处。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{0} is forgotten.</source>
        <translation>已移除 {0}。</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>This cannot be played here.</source>
        <translation>无法在此播放。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Its words</source>
        <translation>其中的文字</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Its own pixels</source>
        <translation>原始像素</translation>
    </message>
    <message>
        <source>{0} This is the small picture kept of it.</source>
        <translation>{0} 这是保留的小图。</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Up to date: {0} files</source>
        <translation>已是最新：{0} 个文件</translation>
    </message>
    <message>
        <source>Up to date: 1 file</source>
        <translation>已是最新：1 个文件</translation>
    </message>
    <message>
        <source>Another program is keeping this library up to date.</source>
        <translation>另一个程序正在更新此资料库。</translation>
    </message>
    <message>
        <source>{0} skipped</source>
        <translation>已跳过 {0} 个</translation>
    </message>
    <message>
        <source>Show which files were skipped and why</source>
        <translation>显示跳过的文件及原因</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused. Changes are not looked for.</source>
        <translation>已暂停，不查找更改。</translation>
    </message>
    <message>
        <source>Up to date; watching for changes.</source>
        <translation>已是最新；正在监视更改。</translation>
    </message>
    <message>
        <source>Paused at {0}</source>
        <translation>已暂停于 {0}</translation>
    </message>
    <message>
        <source>{0} s each</source>
        <translation>每个 {0} 秒</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>每秒 {0}</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>Understanding files</source>
        <translation>正在理解文件</translation>
    </message>
    <message>
        <source>Reading text in pictures</source>
        <translation>正在识别图中文字</translation>
    </message>
    <message>
        <source>Writing down speech</source>
        <translation>正在转写语音</translation>
    </message>
    <message>
        <source>Preparing for the new model</source>
        <translation>正在为新模型做准备</translation>
    </message>
    <message>
        <source>Looking for copies</source>
        <translation>正在查找副本</translation>
    </message>
    <message>
        <source>Noting what photos look like</source>
        <translation>正在记录照片外观</translation>
    </message>
    <message>
        <source>Describing photos</source>
        <translation>正在描述照片</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>还剩不到一分钟</translation>
    </message>
    <message>
        <source>about {0} min left</source>
        <translation>约剩 {0} 分钟</translation>
    </message>
    <message>
        <source>about {0} h left</source>
        <translation>约剩 {0} 小时</translation>
    </message>
    <message>
        <source>some changes are seen late</source>
        <translation>部分更改会延迟发现</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>The model could not answer this.</source>
        <translation>模型无法回答这个问题。</translation>
    </message>
    <message>
        <source>The model wrote nothing.</source>
        <translation>模型没有写出任何内容。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>{0}. Left and Right walk, with Shift they choose, Esc shows all.</source>
        <translation>{0}。左右方向键移动，按住 Shift 选择，Esc 显示全部。</translation>
    </message>
    <message>
        <source>{0}: {1} item(s)</source>
        <translation>{0}：{1} 项</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Desktop MMRAG</source>
        <translation>打开 Desktop MMRAG</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Choose a model …</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Shows the models that write answers</source>
        <translation>显示用于回答的模型</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>拷贝回答</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次提问</translation>
    </message>
    <message>
        <source>The model is looking at</source>
        <translation>模型正在查看</translation>
    </message>
    <message>
        <source>The model looked at</source>
        <translation>模型查看了</translation>
    </message>
    <message>
        <source>Reading 1 picture</source>
        <translation>正在读取 1 张图片</translation>
    </message>
    <message>
        <source>Reading {0} pictures</source>
        <translation>正在读取 {0} 张图片</translation>
    </message>
    <message>
        <source>Waiting for the answer before</source>
        <translation>等待前一个回答</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>Starting the model</source>
        <translation>正在启动模型</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在书写</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Quoted from your files. {0}</source>
        <translation>引自你的文件。{0}</translation>
    </message>
    <message>
        <source>{0} · {1} s</source>
        <translation>{0} · {1} 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>The answer was copied.</source>
        <translation>已拷贝回答。</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Viewer</source>
        <translation>查看器</translation>
    </message>
    <message>
        <source>Before (Left)</source>
        <translation>上一个（左方向键）</translation>
    </message>
    <message>
        <source>Next (Right)</source>
        <translation>下一个（右方向键）</translation>
    </message>
    <message>
        <source>Details (I)</source>
        <translation>详细信息（I）</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复项</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>_Field</name>
    <message>
        <source>Your question</source>
        <translation>你的问题</translation>
    </message>
    <message>
        <source>Ask about your files</source>
        <translation>针对你的文件提问</translation>
    </message>
</context>
</TS>
